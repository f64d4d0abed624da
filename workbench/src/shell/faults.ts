/** Where the sentences of a refusal stand: at their fields where the form has them, otherwise over the whole form. */
import { type ApiError, fieldErrors } from './call.ts'

export function faults(error: ApiError | null, fields: readonly string[]) {
  const errors = fieldErrors(error)
  const isShown = errors !== null && Object.keys(errors).every(field => fields.includes(field))
  return { errors, error: isShown ? null : error?.message }
}
