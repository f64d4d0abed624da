/** Levels, roles and units in words. */
import type { useWords } from '../shell/words.ts'

export const roles = [
  'csfr',
  'dispatcher',
  'cashier',
  'reception',
  'billing',
  'collections',
  'auditor',
  'admin',
] as const
export type Role = (typeof roles)[number]
export const levels = ['assistant', 'advisor', 'senior', 'supervisor'] as const
export type Level = (typeof levels)[number]

const units = ['hours', 'days', 'months', 'percent', 'count', 'rank', 'reason'] as const

/** The unit of an authority limit in words; one the catalogue does not know stands as it is. */
export function unitWord(t: ReturnType<typeof useWords<'staff'>>, unit: string): string {
  const known = units.find(one => one === unit)
  return known ? t(`me.units.${known}`) : unit
}

/** One the catalogue does not know stands as it is. */
export function roleWord(t: ReturnType<typeof useWords<'staff'>>, role: string): string {
  const level = levels.find(one => one === role)
  if (level) return t(`level.${level}`)
  const known = roles.find(one => one === role)
  return known ? t(`role.${known}`) : role
}
