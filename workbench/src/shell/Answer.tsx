import { Button, EmptyState, Skeleton } from '@curbstop/ui'
import type { ReactNode } from 'react'
import type { ApiError } from './call.ts'
import { useWords } from './words.ts'

type Asked<T> = {
  data: T | undefined
  error: ApiError | null
  isPending: boolean
  refetch: () => unknown
}

type AnswerProps<T> = {
  of: Asked<T>
  children: (data: T) => ReactNode
  /** Lines of the skeleton, in the shape of what is coming. */
  lines?: number
}

/** What was asked for: its skeleton, its refusal with a way to ask again, or itself. */
export function Answer<T>({ of, children, lines = 4 }: AnswerProps<T>) {
  const t = useWords('shell')
  if (of.data !== undefined) return children(of.data)
  if (of.isPending) return <Skeleton lines={lines} />
  return (
    <EmptyState
      title={of.error?.message ?? t('page.failed')}
      actions={<Button onPress={() => void of.refetch()}>{t('page.retry')}</Button>}
    />
  )
}
