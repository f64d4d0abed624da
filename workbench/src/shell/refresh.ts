/** After a change: everything shown of an account is asked anew. */
import type { AccountId } from '@curbstop/kernel/ids'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

export function useRefreshAccount(accountId: AccountId | null): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    void client.invalidateQueries({
      predicate: ({ queryKey }) => {
        const input = queryKey[1] as Record<string, unknown> | undefined
        return accountId !== null && input?.accountId === accountId
      },
    })
  }, [client, accountId])
}
