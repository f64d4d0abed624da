/** One event stream for the whole workbench: a note about an account refreshes what is shown of it. */
import type { QueryClient } from '@tanstack/react-query'

type Note = { name: string; account: string | null }
export type LiveState = 'connecting' | 'live' | 'lost'

export function listen(client: QueryClient, onState: (state: LiveState) => void): () => void {
  const source = new EventSource('/api/live')
  const refreshAll = () => void client.invalidateQueries()
  source.addEventListener('open', () => onState('live'))
  source.addEventListener('error', () =>
    onState(source.readyState === EventSource.CLOSED ? 'lost' : 'connecting'),
  )
  source.addEventListener('refresh', refreshAll)
  source.addEventListener('told', event => {
    const notes = JSON.parse((event as MessageEvent<string>).data) as Note[]
    if (notes.length === 0) return refreshAll()
    void client.invalidateQueries({ predicate: query => notes.some(note => concerns(query.queryKey, note)) })
  })
  return () => source.close()
}

/** Does a note touch this query? By account where one is named on both sides, otherwise by department. */
function concerns(queryKey: readonly unknown[], note: Note): boolean {
  const [path, input] = queryKey as [string, Record<string, unknown> | undefined]
  const shown = input?.accountId
  if (note.account !== null && shown !== undefined) return String(shown) === note.account
  return String(path).startsWith(`/${note.name.split('.')[0]}/`)
}
