/** After a change: everything shown of these departments is asked anew. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

export type Area =
  | 'accounts'
  | 'billing'
  | 'contacts'
  | 'customers'
  | 'desk'
  | 'fieldwork'
  | 'metering'
  | 'premises'
  | 'reports'
  | 'staff'
  | 'variances'

export function useRefreshArea(...areas: readonly Area[]): () => void {
  const client = useQueryClient()
  const named = areas.join(' ')
  return useCallback(() => {
    const starts = named.split(' ').map(area => `/${area}`)
    void client.invalidateQueries({
      predicate: ({ queryKey: [path] }) =>
        starts.some(start => path === start || String(path).startsWith(`${start}/`)),
    })
  }, [client, named])
}
