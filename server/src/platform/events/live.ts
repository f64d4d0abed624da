/**
 * Live pages: one LISTEN connection hears every commit's note and passes it on as server-sent events. A page hears the
 * number of an account only when it has said that it shows it; of others it hears that something happened in a
 * department where the person has rights, so that its lists stay true. A page that missed some is told to refresh.
 */
import type { ServerResponse } from 'node:http'
import { asId, type PersonId } from '@curbstop/kernel/ids'
import type { Logger } from 'pino'
import type { Actor } from '../context.ts'
import { eventChannel } from './outbox.ts'

/** A dedicated connection, as `pg.Client` is one. */
export type ListenClient = {
  query(sql: string): Promise<unknown>
  on(event: string, listener: (...args: never[]) => void): unknown
  end(): Promise<void>
}

export type Viewer = Pick<Actor, 'personId' | 'permissions'> & {
  /** What the page shows; a page that comes to show more joins anew. */
  readonly accounts: ReadonlySet<string>
}

export type LiveHub = {
  join(response: ServerResponse, viewer: Viewer): void
  /** Pages of a person whose sessions were ended are closed at once. */
  dismiss(person: PersonId): void
  start(): Promise<void>
  stop(): Promise<void>
}

const heartbeatMs = 20_000
const pagesMax = 2_000
/** An account is read a moment before its page joins; what was told in between is told again. */
const rememberedMs = 5_000
/** Says that it is not one of those the page shows. */
const another = 'another'

/** `dismissing`: events after which the pages of the person in their subject are closed, wherever they are open. */
export function createLiveHub(
  connect: () => Promise<ListenClient>,
  log: Logger,
  dismissing: readonly string[] = [],
): LiveHub {
  const pages = new Map<ServerResponse, Viewer>()
  let recent: { readonly at: number; readonly notes: readonly Note[] }[] = []
  let client: ListenClient | null = null
  let stopped = false
  let beat: NodeJS.Timeout | undefined

  const broadcast = (text: string) => {
    for (const page of pages.keys()) page.write(text)
  }

  const dismiss = (person: PersonId) => {
    for (const [page, viewer] of pages) if (viewer.personId === person) page.end()
  }

  async function listen(): Promise<void> {
    while (!stopped) {
      try {
        const next = await connect()
        next.on('notification', (note: { payload?: string }) => {
          const notes = JSON.parse(note.payload ?? '[]') as Note[]
          for (const [page, viewer] of pages) tell(page, viewer, notes)
          for (const person of dismissedBy(notes, dismissing)) dismiss(person)
          recent = [...recent.filter(({ at }) => at > performance.now() - rememberedMs), heardNow(notes)]
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
    join(response, viewer) {
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
      pages.set(response, viewer)
      for (const { at, notes } of recent)
        if (at > performance.now() - rememberedMs) tell(response, viewer, notes)
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

type Note = { name: string; account: string | null; subject?: { person?: string } }
type Heard = { name: string; account: string | null }

const heardNow = (notes: readonly Note[]) => ({ at: performance.now(), notes })

/** An empty list of notes (too many for one message) says: refresh everything. */
function tell(page: ServerResponse, viewer: Viewer, notes: readonly Note[]): void {
  const heard = notes.flatMap(note => heardBy(viewer, note))
  if (heard.length > 0 || notes.length === 0) page.write(`event: told\ndata: ${JSON.stringify(heard)}\n\n`)
}

function heardBy({ accounts, permissions }: Viewer, { name, account }: Note): Heard[] {
  if (account !== null && accounts.has(account)) return [{ name, account }]
  const department = `${name.split('.')[0]}.`
  const hasRights = [...permissions].some(permission => permission.startsWith(department))
  return hasRights ? [{ name, account: account === null ? null : another }] : []
}

function dismissedBy(notes: readonly Note[], dismissing: readonly string[]): PersonId[] {
  return notes
    .filter(note => dismissing.includes(note.name) && note.subject?.person)
    .map(note => asId<'person'>(note.subject!.person!))
}
