/** Limits that a person tries and sets: the same numbers as the rule in force, each of them given. */
import { refuse } from '@curbstop/kernel/errors'
import { errors } from '../errors.ts'

/** The rule's value with these numbers in it; a rule of one number takes `value`. Throws metering.limits-unlike. */
export function withValue(rule: string, now: unknown, given: Readonly<Record<string, number>>): unknown {
  const names = typeof now === 'number' ? ['value'] : namesOf(now)
  const fits =
    names.length > 0 &&
    names.every(name => name in given) &&
    Object.keys(given).every(name => names.includes(name))
  if (!fits) throw refuse(errors, 'metering.limits-unlike', { rule, needed: names.join(', ') }, 'value')
  if (typeof now === 'number') return given.value
  return { ...(now as object), ...given }
}

const namesOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .filter(([, one]) => typeof one === 'number')
        .map(([name]) => name)
    : []
