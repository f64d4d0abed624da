/**
 * One event stream for the whole workbench: a note about an account refreshes what is shown of it. The server sends
 * numbers of those accounts only that we say we hold; when another one is opened, a new stream takes over.
 */
import type { QueryClient } from '@tanstack/react-query'

type Note = { name: string; account: string | null }
export type LiveState = 'connecting' | 'live' | 'lost'

const mostAccounts = 100

export function listen(client: QueryClient, onState: (state: LiveState) => void): () => void {
  let said = accountsHeld(client)
  let streams = [open(client, said, { onState, earlier: [] })]
  const stopWatching = client.getQueryCache().subscribe(({ type }) => {
    if (type !== 'added') return
    const held = accountsHeld(client)
    if (held.every(account => said.includes(account))) return
    said = held
    const earlier = streams.filter(stream => stream.readyState !== EventSource.CLOSED)
    streams = [...earlier, open(client, said, { onState, earlier })]
  })
  return () => {
    stopWatching()
    for (const stream of streams) stream.close()
  }
}

type Opening = {
  readonly onState: (state: LiveState) => void
  /** Closed when the new one hears, so that nothing is missed in between. */
  readonly earlier: readonly EventSource[]
}

function open(client: QueryClient, accounts: readonly string[], { onState, earlier }: Opening): EventSource {
  const source = new EventSource(`/api/live?accounts=${accounts.join()}`)
  let isTakingOver = false
  const refreshAll = () => void client.invalidateQueries()
  source.addEventListener('open', () => {
    isTakingOver = earlier.some(stream => stream.readyState === EventSource.OPEN)
    for (const stream of earlier) stream.close()
    onState('live')
  })
  source.addEventListener('error', () =>
    onState(source.readyState === EventSource.CLOSED ? 'lost' : 'connecting'),
  )
  source.addEventListener('refresh', () => {
    if (!isTakingOver) refreshAll()
  })
  source.addEventListener('told', event => {
    const notes = JSON.parse((event as MessageEvent<string>).data) as Note[]
    if (notes.length === 0) return refreshAll()
    void client.invalidateQueries({ predicate: query => notes.some(note => concerns(query.queryKey, note)) })
  })
  return source
}

/** The accounts that are shown or kept for a quick return, those last opened first. */
function accountsHeld(client: QueryClient): string[] {
  const held = client
    .getQueryCache()
    .getAll()
    .map(({ queryKey }) => (queryKey[1] as Record<string, unknown> | undefined)?.accountId)
  return [...new Set(held.filter(Boolean).map(String))].reverse().slice(0, mostAccounts)
}

/** Does a note touch this query? By account where one is named on both sides, otherwise by department. */
function concerns(queryKey: readonly unknown[], note: Note): boolean {
  const [path, input] = queryKey as [string, Record<string, unknown> | undefined]
  const shown = input?.accountId
  if (note.account !== null && shown !== undefined) return String(shown) === note.account
  return String(path).startsWith(`/${note.name.split('.')[0]}/`)
}
