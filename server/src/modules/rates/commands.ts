import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../platform/context.ts'
import { getDistrict } from '../policy/index.ts'
import type { rates } from './contract.ts'
import { checkPublishing, checkTariffText, publishingErrors as errors } from './domain/publishing.ts'
import { describeVersion } from './queries.ts'
import * as store from './store.ts'

/** Adopts a version. The open one before it ends on the day it begins; nothing else of it changes. */
export async function publishVersion(
  ctx: Ctx,
  input: Input<typeof rates.publishVersion>,
): Promise<Output<typeof rates.publishVersion>> {
  const { tariff, effectiveFrom, citation, owrs } = input
  const { billUnit } = await getDistrict(ctx)
  if (!(await store.lockTariff(ctx.tx, tariff))) {
    if (!input.name) throw refuse(errors, 'rates.name-missing', { tariff }, 'name')
    await store.insertTariff(ctx.tx, tariff, input.name)
    await store.lockTariff(ctx.tx, tariff)
  }
  const earlier = (await store.listVersions(ctx.tx)).filter(version => version.tariff === tariff)
  const checked = checkTariffText(owrs, `Tariff ${tariff}`, billUnit)
  checkPublishing(checked, { tariff, effectiveFrom, today: ctx.today }, earlier)
  const open = earlier.find(version => version.effectiveTo === null)
  if (open?.sha256 === store.sha256Of(owrs))
    throw refuse(errors, 'rates.same-text', { from: open.effectiveFrom }, 'owrs')

  if (open) await store.updateVersionEnd(ctx.tx, open.tariffVersionId, effectiveFrom)
  const publishedBy = ctx.actor.personId
  const row = await store.insertVersion(ctx.tx, {
    tariff,
    effectiveFrom,
    effectiveTo: null,
    owrs,
    citation,
    publishedBy,
  })
  const { tariffVersionId, sha256 } = row
  const endedVersionId = open?.tariffVersionId ?? null
  ctx.audit({
    subject: `tariff-version:${tariffVersionId}`,
    reason: citation,
    before: { openVersion: endedVersionId },
    after: { tariff, effectiveFrom, sha256 },
  })
  ctx.tell({ name: 'rates.version-published', subject: { tariffVersionId, tariff, effectiveFrom } })
  return { ...describeVersion(row, ctx.today), tariff, endedVersionId, findings: checked.findings }
}
