/** Where a story's rows go, and what they are made with. */
import type { KeyObject } from 'node:crypto'
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Rows } from './write.ts'

export type RowContext = { rows: Rows; today: LocalDate; secretsKey: KeyObject; digest: DigestSecret }
/** As the customers module keeps secrets. */
export type DigestSecret = (key: KeyObject, ...parts: readonly string[]) => Buffer
