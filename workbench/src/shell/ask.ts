/** Two hooks for the whole API: `useAsk` reads, `useDo` changes. Live notes of the server refresh what is shown. */
import type { Endpoint, Input, Output } from '@curbstop/kernel/endpoint'
import { keepPreviousData, QueryClient, useMutation, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { ApiError, call, newKey } from './call.ts'

/** JSON has no bigint; ids and cents are told apart from text by their `n`. */
const keyText = (key: readonly unknown[]): string =>
  JSON.stringify(key, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        queryKeyHashFn: keyText,
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        retry: (count, error) =>
          count < 3 && error instanceof ApiError && (error.status === 503 || error.status === 0),
        retryDelay: count => 400 * 2 ** count,
      },
      mutations: { retry: false },
    },
  })
}

export type AskOptions = { enabled?: boolean; keepPrevious?: boolean; staleTime?: number }

export function useAsk<E extends Endpoint>(endpoint: E, input: Input<E>, options: AskOptions = {}) {
  return useQuery<Output<E>, ApiError>({
    queryKey: [endpoint.path, input],
    queryFn: ({ signal }) => call(endpoint, input, { signal }),
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  })
}

/**
 * A change. The key is made once and kept until the change succeeded, so a second click, a retry or a lost answer
 * is the same request; after success a new key begins.
 */
export function useDo<E extends Endpoint>(endpoint: E) {
  const key = useRef(newKey())
  return useMutation<Output<E>, ApiError, Input<E>>({
    mutationFn: async input => {
      try {
        const answer = await call(endpoint, input, { key: key.current })
        key.current = newKey()
        return answer
      } catch (error) {
        // A refusal left nothing behind: what is corrected and sent again is another request.
        if (error instanceof ApiError && error.status >= 400 && error.status < 500) key.current = newKey()
        throw error
      }
    },
  })
}

/** The same command rolled back: what it would do, nothing posted. */
export function useRehearsal<E extends Endpoint>(endpoint: E) {
  return useMutation<Output<E>, ApiError, Input<E>>({
    mutationFn: input => call(endpoint, input, { rehearse: true }),
  })
}
