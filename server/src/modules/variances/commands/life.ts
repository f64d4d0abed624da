/** What happens to a variance after its decision: ended early, moved out, moved back, told that it ends. */
import { addDays, type LocalDate } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { listAccountServices } from '../../accounts/index.ts'
import { createTaskAbout } from '../../desk/index.ts'
import { getRuleBook } from '../../policy/index.ts'
import type { variances } from '../contract/index.ts'
import {
  errors,
  isPersonBased,
  kindNames,
  queueOf,
  variancePolicy,
  varianceRuleCodes,
} from '../domain/index.ts'
import { readAuthority } from '../queries/judging.ts'
import { draftOf, getVariance, type VarianceView } from '../queries/rows.ts'
import type { GrantRow } from '../store/grants.ts'
import * as grantStore from '../store/grants.ts'
import * as store from '../store/variances.ts'
import { about, letterFact, lockRequest, noteEvent, takeStep, writeLetter } from './guard.ts'
import { letterHead } from './request.ts'

export async function endVariance(
  ctx: Ctx,
  input: Input<typeof variances.endVariance>,
): Promise<VarianceView> {
  const { accountId, onDate, why, reason } = input
  const row = await lockRequest(ctx, input, { from: ['approved'], wanted: 'ended', reads: true })
  const { may, says } = await readAuthority(ctx, draftOf(row))
  if (may !== 'alone') throw refuse(errors, 'variances.above-level', { says })
  if (onDate < ctx.today) throw refuse(errors, 'variances.end-in-past', {}, 'onDate')
  const grants = (await grantStore.listGrants(ctx.tx, accountId)).filter(
    grant => grant.varianceId === row.varianceId && (grant.untilOn === null || grant.untilOn > onDate),
  )
  if (grants.length === 0) throw refuse(errors, 'variances.nothing-to-end')
  for (const grant of grants) await change(ctx, grant, { endsOn: onDate, why, reason })
  await takeStep(ctx, row, { kind: 'ended', state: 'approved', reason, facts: { onDate, why } })
  return getVariance(ctx, row)
}

type Ending = Pick<grantStore.GrantChange, 'endsOn' | 'why' | 'reason'>

function change(ctx: Ctx, { accountId, grantId }: GrantRow, ending: Ending): Promise<void> {
  const noted = { at: ctx.now, by: ctx.actor.personId }
  return grantStore.insertGrantChange(ctx.tx, { accountId, grantId, ...ending, ...noted })
}

/**
 * WB-038: what counts persons ends with the customer's service and goes on when the move is taken back. Told twice it
 * does nothing more; the area stays with the place.
 */
export async function followService(ctx: Ctx, accountId: AccountId): Promise<void> {
  const water = (await listAccountServices(ctx, accountId)).filter(one => one.service !== 'sewer')
  const ends = water.map(one => one.toOn)
  if (water.length > 0 && !ends.includes(null)) {
    const endsOn = (ends as LocalDate[]).sort().at(-1)!
    for (const grant of await grantStore.listGrants(ctx.tx, accountId)) {
      if (!isPersonBased(grant.kind) || (grant.untilOn !== null && grant.untilOn <= endsOn)) continue
      await change(ctx, grant, { endsOn, why: 'moved-out', reason: null })
      await noteEvent(ctx, grant, { kind: 'ended', reason: `Service ends ${endsOn} (WB-038).` })
    }
    return
  }
  for (const grant of await grantStore.listEndedByMove(ctx.tx, accountId)) {
    await change(ctx, grant, { endsOn: null, why: 'move-out-cancelled', reason: null })
    await noteEvent(ctx, grant, { kind: 'resumed', reason: 'The move was taken back.' })
  }
}

/** WB-036: the customer is told before a variance of persons ends; once. */
export async function tellRenewals(ctx: Ctx): Promise<number> {
  const { expiry } = variancePolicy(await getRuleBook(ctx, ctx.today, varianceRuleCodes))
  const due = { from: ctx.today, by: addDays(ctx.today, expiry.noticeDays) }
  const grants = await grantStore.listToRenew(ctx.tx, due)
  for (const grant of grants) {
    const row = await store.findVariance(ctx.tx, grant.accountId, grant.varianceId)
    if (!row) continue
    const { input, amount, untilOn } = grant
    const gives = [{ what: input, amount }]
    const letter = await writeLetter(ctx, row, { ...letterHead(row, 'renewal'), gives, untilOn })
    await noteEvent(ctx, grant, { kind: 'renewal-noticed', facts: letterFact(letter) })
    ctx.tell({
      name: 'variances.changed',
      account: grant.accountId,
      subject: { variance: grant.varianceId, did: 'renewal-noticed' },
    })
  }
  return grants.length
}

/** WB-035: the level that decides is told before a request is late; once. */
export async function tellAlerts(ctx: Ctx): Promise<number> {
  const rows = await store.listAlerting(ctx.tx, ctx.today)
  for (const row of rows) {
    const { decider } = await readAuthority(ctx, draftOf(row))
    await createTaskAbout(ctx, {
      kind: 'exception',
      title: 'A water budget request waits for its decision',
      detail: `${row.kind === 'medical' ? 'Asked' : `${kindNames[row.kind]}, asked`} ${row.requestedOn}; to be decided by ${row.dueOn} (WB-035).`,
      accountId: row.accountId,
      to: { queue: queueOf[decider] },
      dueOn: row.dueOn > ctx.today ? row.dueOn : ctx.today,
      about: about(row.varianceId),
    })
    await noteEvent(ctx, row, { kind: 'late-noticed' })
  }
  return rows.length
}
