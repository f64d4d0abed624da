/**
 * Lets one piece of work run (the database writes) while the next is gathered (the file is read on). Never more than
 * one: the order stays, and so does the memory. A failure is thrown where the next piece would begin, or at the end.
 */
export type OneBehind = {
  begin(work: () => Promise<void>): Promise<void>
  end(): Promise<void>
}

export function oneBehind(): OneBehind {
  let running: Promise<void> = Promise.resolve()
  return {
    async begin(work) {
      await running
      running = work()
      running.catch(() => {}) // thrown by whoever waits for it
    },
    end: () => running,
  }
}
