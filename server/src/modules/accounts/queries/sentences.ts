import { type Facts, fill } from '@curbstop/kernel/errors'
import { errors } from '../domain/errors.ts'

/** The sentence of a refusal, for a disabled button: the same words as the refusal itself. */
export function fillCode(code: keyof typeof errors, facts: Facts): string {
  return fill(errors[code].says, facts)
}
