/**
 * Live pages: one LISTEN connection hears every commit's note and passes it to every open page as a server-sent
 * event. Notes hold names and account ids; a page that missed some is told to refresh what it shows.
 */
import type { ServerResponse } from 'node:http'
import { asId, type PersonId } from '@curbstop/kernel/ids'
import type { Logger } from 'pino'
import { eventChannel } from './outbox.ts'

/** A dedicated connection, as `pg.Client` is one. */
export type ListenClient = {
  query(sql: string): Promise<unknown>
  on(event: string, listener: (...args: never[]) => void): unknown
  end(): Promise<void>
}

export type LiveHub = {
  join(response: ServerResponse, person: PersonId): void
  /** Pages of a person whose sessions were ended are closed at once. */
  dismiss(person: PersonId): void
  start(): Promise<void>
  stop(): Promise<void>
}

const heartbeatMs = 20_000
const pagesMax = 2_000

/** `dismissing`: events after which the pages of the person in their subject are closed, wherever they are open. */
export function createLiveHub(
  connect: () => Promise<ListenClient>,
  log: Logger,
  dismissing: readonly string[] = [],
): LiveHub {
  const pages = new Map<ServerResponse, PersonId>()
  let client: ListenClient | null = null
  let stopped = false
  let beat: NodeJS.Timeout | undefined

  const broadcast = (text: string) => {
    for (const page of pages.keys()) page.write(text)
  }

  const dismiss = (person: PersonId) => {
    for (const [page, who] of pages) if (who === person) page.end()
  }

  async function listen(): Promise<void> {
    while (!stopped) {
      try {
        const next = await connect()
        next.on('notification', (note: { payload?: string }) => {
          const told = note.payload ?? '[]'
          broadcast(`event: told\ndata: ${told}\n\n`)
          for (const person of dismissedBy(told, dismissing)) dismiss(person)
        })
        next.on('error', () => undefined)
        next.on('end', () => {
          if (client === next && !stopped) void listen()
        })
        await next.query(`listen ${eventChannel}`)
        client = next
        broadcast('event: refresh\ndata: {}\n\n') // whatever was told while nobody listened
        return
      } catch (error) {
        log.warn({ err: error }, 'live updates: waiting for the database')
        await new Promise(done => setTimeout(done, 1_000))
      }
    }
  }

  return {
    join(response, person) {
      if (pages.size >= pagesMax) {
        response.writeHead(503, { 'retry-after': '10' }).end()
        return
      }
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        connection: 'keep-alive',
      })
      response.write('retry: 2000\nevent: refresh\ndata: {}\n\n')
      pages.set(response, person)
      response.on('close', () => pages.delete(response))
    },
    dismiss,
    async start() {
      beat = setInterval(() => broadcast(': still here\n\n'), heartbeatMs)
      beat.unref()
      await listen()
    },
    async stop() {
      stopped = true
      clearInterval(beat)
      for (const page of pages.keys()) page.end()
      await client?.end().catch(() => undefined)
    },
  }
}

type Told = { name: string; subject?: { person?: string } }

function dismissedBy(told: string, dismissing: readonly string[]): PersonId[] {
  if (!dismissing.some(name => told.includes(name))) return []
  return (JSON.parse(told) as Told[])
    .filter(note => dismissing.includes(note.name) && note.subject?.person)
    .map(note => asId<'person'>(note.subject!.person!))
}
