/** Where a story's rows go, and what they are made with. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Rows } from './write.ts'

export type RowContext = { rows: Rows; today: LocalDate; secretsKey: Buffer; digest: DigestSecret }
/** As the customers module keeps secrets. */
export type DigestSecret = (key: Buffer, ...parts: readonly string[]) => Buffer
