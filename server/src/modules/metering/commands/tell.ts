/** What every change of reads and meters ends with: whoever is served there hears of it, and a senior may look. */
import { type LocalDate, minDate } from '@curbstop/kernel/dates'
import type { ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx, Event } from '../../../platform/context.ts'
import { listAccountsAt } from '../../accounts/index.ts'
import { requestReview } from '../../desk/index.ts'

export type Told = {
  readonly name: Event['name']
  readonly servicePointId: ServicePointId | null
  /** The day of the read: everybody served there since then is concerned. */
  readonly on: LocalDate
  readonly subject: NonNullable<Event['subject']>
  /** What was done, for the reviewer of an Assistant's work (AUTH-027); null when it is reviewed with what it is part of. */
  readonly title: string | null
}

export async function tellServed(ctx: Ctx, told: Told): Promise<void> {
  const { name, servicePointId, on, subject, title } = told
  const points = servicePointId === null ? [] : [servicePointId]
  const accounts = await listAccountsAt(ctx, points, minDate(on, ctx.today))
  for (const account of accounts.length > 0 ? accounts : [null]) ctx.tell({ name, account, subject })
  if (title !== null) await requestReview(ctx, { title, ...(accounts[0] ? { accountId: accounts[0] } : {}) })
}
