/** Rules that look at the place, the date and the way the read came about. */
import type { Finding } from './findings.ts'
import { lastValueOf, type NewRead, type ReadProfile } from './profile.ts'
import type { Scene } from './scene.ts'
import { centsOf } from './stake.ts'

/** VEE-016: use where nobody has an account, or where nobody lives; above the limit somebody goes and looks. */
export function findForbiddenUse({ profile, limits, gallons, days }: Scene): Finding | null {
  if (profile.account === 'occupied' || gallons <= 0 || profile.service === 'fire') return null
  const closed = profile.account === 'closed'
  const field = gallons > limits.closedFieldGallons
  return {
    code: closed ? 'closed-use' : 'vacant-use',
    rule: 'VEE-016',
    severity: field ? 'stop' : 'look',
    blocksBilling: field,
    measured: Math.round(gallons),
    limit: limits.closedFieldGallons,
    unit: 'gallons',
    dollarsAtStake: centsOf(gallons, profile.price),
    suggestion: { act: field ? 'field-check' : 're-read' },
    facts: { gallons: Math.round(gallons), days, sinceDay: profile.accountSinceDay },
  }
}

/** VEE-031: water through a fire meter is a test, a leak, or a line tapped before the domestic meter. */
export function findFireFlow({ profile, limits, gallons, days }: Scene): Finding | null {
  if (profile.service !== 'fire' || gallons <= limits.fireGallons) return null
  return {
    code: 'fire-flow',
    rule: 'VEE-031',
    severity: 'look',
    blocksBilling: false,
    measured: Math.round(gallons),
    limit: limits.fireGallons,
    unit: 'gallons',
    dollarsAtStake: centsOf(gallons, profile.price),
    suggestion: { act: 'field-check' },
    facts: { gallons: Math.round(gallons), days },
  }
}

/** VEE-014: the first read of a place that has neither history nor peers. */
export function findNoPrevious({ profile, band, gallons, days }: Scene): Finding | null {
  if (band !== null || profile.service === 'fire' || profile.ofCompound) return null
  return {
    code: 'no-previous',
    rule: 'VEE-014',
    severity: 'look',
    blocksBilling: false,
    measured: Math.round(gallons),
    limit: null,
    unit: 'gallons',
    dollarsAtStake: centsOf(gallons, profile.price),
    suggestion: { act: 'accept' },
    facts: { gallons: Math.round(gallons), days },
  }
}

/** VEE-018: estimates in a row, this one included. */
export function findEstimates({ profile, limits, band, days }: Scene): Finding | null {
  const inRow = profile.estimatesInRow + 1
  if (inRow < limits.estimatesLookAt) return null
  const order = inRow >= limits.estimatesOrderAt
  return {
    code: 'estimates',
    rule: 'VEE-018',
    severity: order ? 'stop' : 'look',
    blocksBilling: order,
    measured: inRow,
    limit: order ? limits.estimatesOrderAt : limits.estimatesLookAt,
    unit: 'reads',
    dollarsAtStake: band ? centsOf(band.expected * days, profile.price) : 0n,
    suggestion: { act: order ? 'field-check' : 're-read' },
    facts: { inRow, seenDay: profile.lastActual ? profile.lastActual.day : null },
  }
}

/** VEE-017, VEE-039: a read of a day that has one, or of a day before the last. Nothing else can be said of it. */
export function findDateFault(read: NewRead, profile: ReadProfile): Finding | null {
  const last = lastValueOf(profile)
  const ofDay = read.day - last.day
  const cameIn = last.kind === 'exchange-in' || last.kind === 'exchange-out'
  if (ofDay > 0 || (ofDay === 0 && cameIn)) return null
  const again = ofDay === 0 && read.value === last.value
  return {
    code: ofDay === 0 ? 'duplicate' : 'date',
    rule: ofDay === 0 ? 'VEE-017' : 'VEE-039',
    severity: again ? 'note' : 'stop',
    blocksBilling: !again,
    measured: ofDay,
    limit: 1,
    unit: 'days',
    dollarsAtStake: 0n,
    suggestion: { act: again ? 'accept' : 're-read' },
    facts: { lastDay: last.day, lastValue: last.value, lastKind: last.kind, value: read.value },
  }
}

/** VEE-039: shorter or longer than this meter's periods usually are. The use itself is judged by the day. */
export function findPeriodLength({ profile, limits, days }: Scene): Finding | null {
  const usual = usualDays(profile)
  if (usual === null || profile.last === null) return null
  const short = days < usual * limits.periodShortShare
  if (!short && days <= usual * limits.periodLongShare) return null
  return {
    code: 'date',
    rule: 'VEE-039',
    severity: 'note',
    blocksBilling: false,
    measured: days,
    limit: Math.round(usual * (short ? limits.periodShortShare : limits.periodLongShare)),
    unit: 'days',
    dollarsAtStake: 0n,
    suggestion: { act: 'accept' },
    facts: { days, usualDays: Math.round(usual) },
  }
}

/** Mean of the last periods but for the first and the last of them, which opening and moving make odd. */
function usualDays({ history, historyFrom, historyCount }: ReadProfile): number | null {
  if (historyCount < 4) return null
  let total = 0
  for (let at = historyFrom + 1; at < historyFrom + historyCount - 1; at += 1) total += history.days[at]!
  return total / (historyCount - 2)
}
