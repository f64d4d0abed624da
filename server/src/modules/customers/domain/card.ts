/** Who may see a card, what may be written on it, and what stays of what was there. */
import type { LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { errors } from './errors.ts'
import { formatPhone, parsePhone } from './phones.ts'
import type { PhoneKind, ProtectionKind, Visibility } from './words.ts'

export const maskedName = 'Protected customer'

export type Protection = {
  kind: ProtectionKind
  reason: string
  substituteAddress: string | null
  placedAt: string
  placedById: bigint
  placedBy: string
  approvedBy: string | null
  liftAskedAt: string | null
  liftAskedById: bigint | null
  liftAskedBy: string | null
  liftReason: string | null
}

/**
 * PRV-019: hidden from everybody without the permission, from the moment it is proposed; those with it see the name
 * and open the rest with a reason, for a while.
 */
export function decideVisibility(facts: {
  isProtected: boolean
  maySeeProtected: boolean
  hasOpened: boolean
}): Visibility {
  if (!facts.isProtected) return 'open'
  if (!facts.maySeeProtected) return 'hidden'
  return facts.hasOpened ? 'open' : 'sealed'
}

/** The name in lists, which anybody with `customers.see` reads. */
export function nameFor(customer: { name: string; isProtected: boolean }, maySeeProtected: boolean): string {
  return customer.isProtected && !maySeeProtected ? maskedName : customer.name
}

export function stageOf(protection: Pick<Protection, 'approvedBy' | 'liftAskedAt'>) {
  if (protection.approvedBy === null) return 'awaiting-approval' as const
  return protection.liftAskedAt === null ? ('in-force' as const) : ('awaiting-lift' as const)
}

/** Who asked for what waits to be decided. */
export function proposerOf(protection: Protection): bigint {
  const isLift = stageOf(protection) === 'awaiting-lift'
  return (isLift ? protection.liftAskedById : null) ?? protection.placedById
}

/** Nobody decides on their own proposal; the stage says what there is to decide. */
export function decideProtection(
  protection: Protection,
  decision: { approve: boolean; personId: bigint },
): 'approved' | 'declined' | 'lifted' | 'kept' {
  const stage = stageOf(protection)
  if (stage === 'in-force') throw refuse(errors, 'customers.nothing-to-decide')
  if (proposerOf(protection) === decision.personId) throw refuse(errors, 'customers.second-person')
  if (stage === 'awaiting-approval') return decision.approve ? 'approved' : 'declined'
  return decision.approve ? 'lifted' : 'kept'
}

/** Names keep quotes, accents and emoji; a name of emoji alone can be neither searched nor printed. */
export function checkName(name: string, field: string): string {
  if (!/[\p{L}\p{N}]/u.test(name)) throw refuse(errors, 'customers.name-unreadable', {}, field)
  return name
}

export type PhoneEntry = { e164: string; extension: string | null; kind: PhoneKind; mayText: boolean }
type PhoneTyped = { number: string; extension?: string | null | undefined; kind: PhoneKind; mayText: boolean }

export function checkPhones(typed: readonly PhoneTyped[]): PhoneEntry[] {
  const seen = new Set<string>()
  return typed.map((one, index) => {
    const field = `phones.${index}.number`
    const entry = { ...checkPhone(one.number, field, one.extension), kind: one.kind, mayText: one.mayText }
    const phone = formatPhone(entry.e164, entry.extension)
    if (entry.mayText && entry.kind !== 'mobile')
      throw refuse(errors, 'customers.phone-no-text', { phone, kind: entry.kind }, `phones.${index}.mayText`)
    if (seen.has(phone)) throw refuse(errors, 'customers.phone-twice', { phone }, field)
    seen.add(phone)
    return entry
  })
}

export function checkPhone(text: string, field: string, extension?: string | null) {
  const parsed = parsePhone(text)
  if (!parsed) throw refuse(errors, 'customers.phone-wrong', { text }, field)
  return { e164: parsed.e164, extension: extension ?? parsed.extension }
}

export function checkEmails(typed: readonly string[]): string[] {
  const seen = new Set<string>()
  return typed.map((text, index) => {
    const field = `emails.${index}`
    // one @, no blanks, a dot in the domain: whether it arrives only the delivery tells
    if (!/^[^@\s,;<>"]+@[^@\s,;<>".]+(\.[^@\s,;<>".]+)+$/.test(text))
      throw refuse(errors, 'customers.email-wrong', { text }, field)
    if (seen.has(text.toLowerCase())) throw refuse(errors, 'customers.email-twice', { email: text }, field)
    seen.add(text.toLowerCase())
    return text
  })
}

/** What a new list ends, begins and leaves alone: facts are superseded, never edited. */
export function differenceOf<Old, New>(
  old: readonly Old[],
  next: readonly New[],
  isSame: (a: Old, b: New) => boolean,
): { ends: Old[]; begins: New[] } {
  return {
    ends: old.filter(a => !next.some(b => isSame(a, b))),
    begins: next.filter(b => !old.some(a => isSame(a, b))),
  }
}

export type Authorization = { validFrom: LocalDate; validTo: LocalDate | null; isRevoked: boolean }

/** Half-open: `validTo` is the first day on which it no longer holds (ACC-016). */
export function authorizationState(one: Authorization, today: LocalDate) {
  if (one.isRevoked) return 'revoked' as const
  if (one.validFrom > today) return 'not-yet' as const
  return one.validTo !== null && one.validTo <= today ? ('expired' as const) : ('in-force' as const)
}

export function checkAuthorizationDates(from: LocalDate, to: LocalDate | null, today: LocalDate): void {
  if (to !== null && (to <= from || to <= today))
    throw refuse(errors, 'customers.dates-backwards', {}, 'validTo')
}
