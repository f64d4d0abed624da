/** A rule's value as a person reads it: figures with their unit, lists with commas, tables as `name: value`. */
import { formatDollars } from '@curbstop/kernel/money'
import { formatNumber } from '@curbstop/ui'
import { useCallback } from 'react'
import { useWords } from '../shell/words.ts'

export function useValueWords(): (value: unknown, unit: string | null) => string {
  const t = useWords('policy')
  return useCallback(
    (value, unit) => {
      const one = (part: unknown): string => {
        if (part === null || part === undefined) return '–'
        if (typeof part === 'boolean') return part ? t('yes') : t('no')
        if (typeof part === 'number') return formatNumber(part)
        if (typeof part === 'string') return part
        if (Array.isArray(part)) return part.map(one).join(', ')
        return Object.entries(part)
          .map(([name, inner]) => `${name}: ${one(inner)}`)
          .join(', ')
      }
      if (unit === 'cents' && typeof value === 'number' && Number.isInteger(value))
        return formatDollars(BigInt(value) as Parameters<typeof formatDollars>[0])
      return unit ? `${one(value)} ${unit}` : one(value)
    },
    [t],
  )
}
