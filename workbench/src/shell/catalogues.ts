/** The catalogues, one a department. */
import { strings as shell } from './strings.ts'

export const resources = { shell } as const
