/** Long work beside the counter: it rests after each piece, so that people who wait for an answer never wait for it. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Runs pieces until one says that it was the last; `rest` is how many times as long as a piece the pause after it is. */
export async function atPace(rest: number, piece: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const started = performance.now()
    if (!(await piece())) return
    await sleep((performance.now() - started) * rest)
  }
}
