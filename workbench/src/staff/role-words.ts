/** Roles in words; one the catalogue does not know stands as it is. */
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

export function roleWord(t: ReturnType<typeof useWords<'staff'>>, role: string): string {
  const level = levels.find(one => one === role)
  if (level) return t(`level.${level}`)
  const known = roles.find(one => one === role)
  return known ? t(`role.${known}`) : role
}
