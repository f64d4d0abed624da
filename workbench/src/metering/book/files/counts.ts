/** The counts a file was left with: plain numbers, and two lists by name. Pure. */
import type { ReadFile } from './ReadFilesPage.tsx'

export function countIn({ counts }: Pick<ReadFile, 'counts'>, name: string): number | null {
  const value = counts[name]
  return typeof value === 'number' ? value : null
}

/** `skipped` by reason, `byRule` by rule. */
export function countsOf({ counts }: Pick<ReadFile, 'counts'>, name: string): [string, number][] {
  const value = counts[name]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).flatMap(([key, count]) => (typeof count === 'number' ? [[key, count]] : []))
}
