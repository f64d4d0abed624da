/** A customer's own use as Green Button: hours where the meter sends them, else from read to read. */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { MeterId, ServicePointId } from '@curbstop/kernel/ids'
import { instantOf } from '@curbstop/kernel/wall-time'
import type { Ctx } from '../../../platform/context.ts'
import type { metering } from '../contract/index.ts'
import { errors } from '../domain/errors.ts'
import { dayOf, mark } from '../domain/intervals/day-hours.ts'
import { localDays } from '../domain/intervals/local-days.ts'
import { type GreenButtonUse, volumeText, writeGreenButton } from '../domain/read-files/index.ts'
import { listUsagePeriods } from '../queries.ts'
import { listUseDays, type UseDay } from '../store/interval-days.ts'
import { listInstallationsAt } from '../store/meters.ts'
import { readHidden } from './hidden.ts'

const longestDays = 2 * 366

type Asked = Input<typeof metering.getGreenButton>
type Uses = {
  readonly unit: 'gal' | 'cf' | 'm3' | 'l'
  readonly seconds: number
  readonly uses: readonly GreenButtonUse[]
}

export async function getGreenButton(
  ctx: Ctx,
  asked: Asked,
): Promise<Output<typeof metering.getGreenButton>> {
  const { servicePointId, from, to } = asked
  if (to < from || daysBetween(from, to) > longestDays)
    throw refuse(errors, 'metering.dates-reversed', {}, 'to')
  const hidden = await readHidden(ctx, [servicePointId])
  const seen = (on: LocalDate) => !hidden.isDay(servicePointId, on)
  const [current] = (await listInstallationsAt(ctx.tx, [servicePointId])).toReversed()
  const hours = current ? await hoursOf(ctx, current.meterId, asked, seen) : null
  const told = hours ?? (await periodsOf(ctx, servicePointId, asked))
  if (told.uses.length === 0) throw refuse(errors, 'metering.no-use')
  const xml = writeGreenButton({
    ...told,
    customer: String(servicePointId),
    usagePoint: String(servicePointId),
    title: 'Water use',
    zone: ctx.timeZone,
    madeAt: Math.floor(Date.parse(ctx.now) / 1000),
  })
  return { name: `water-${servicePointId}-${from}-${to}.xml`, xml: [...xml].join('') }
}

/** Null where the meter sends no hours of these days. */
async function hoursOf(
  ctx: Ctx,
  meterId: MeterId,
  { from, to }: Asked,
  seen: (on: LocalDate) => boolean,
): Promise<Uses | null> {
  const days = await listUseDays(ctx.tx, meterId, from, to)
  const [first] = days
  if (!first) return null
  const unit = unitOf(first)
  const wall = localDays(ctx.timeZone)
  const uses = days
    .filter(day => seen(day.on) && unitOf(day).unit === unit.unit)
    .flatMap(day => usesOf(day, unit.by, wall))
  return { unit: unit.unit, seconds: first.seconds, uses }
}

/** Green Button knows no hundred cubic feet: a hundred times cubic feet. */
const unitOf = ({ unit }: UseDay): { unit: Uses['unit']; by: bigint } =>
  unit === 'ccf' ? { unit: 'cf', by: 100n } : { unit: unit === 'kl' ? 'm3' : unit, by: 1n }

function usesOf(day: UseDay, by: bigint, wall: ReturnType<typeof localDays>): GreenButtonUse[] {
  const { startsAt } = wall.of(day.dayNumber)
  const hours = dayOf(day.dayNumber, day.scale, day.values, day.marks)
  return [...hours.marks].flatMap((code, hour) =>
    code === mark.none
      ? []
      : [
          {
            startsAt: startsAt + hour * day.seconds,
            seconds: day.seconds,
            value: volumeText(BigInt(hours.values[hour]!) * by, day.scale),
            quality: code === mark.estimated ? ('estimated' as const) : ('measured' as const),
          },
        ],
  )
}

async function periodsOf(ctx: Ctx, servicePointId: ServicePointId, { from, to }: Asked): Promise<Uses> {
  const periods = (await listUsagePeriods(ctx, [servicePointId], { from })).get(servicePointId) ?? []
  const at = (on: LocalDate) => Date.parse(instantOf(on, '00:00', ctx.timeZone)) / 1000
  const uses = periods
    .filter(period => period.gallons !== null && period.fromOn >= from && period.toOn <= to)
    .map(({ fromOn, toOn, gallons, flags }) => ({
      startsAt: at(fromOn),
      seconds: at(toOn) - at(fromOn),
      value: String(gallons),
      quality: flags.includes('estimated') ? ('estimated' as const) : ('measured' as const),
    }))
  return { unit: 'gal', seconds: 30 * 86_400, uses }
}
