/** Rights that decide, and who may confirm them beside whom (AUTH-025, AUTH-028): pure. */
import type { Instant } from '@curbstop/kernel/dates'
import type { PersonId } from '@curbstop/kernel/ids'
import type { Level } from '../../../platform/context.ts'

export type Rights = { readonly level: Level | null; readonly roles: readonly string[] }

/** What approves other people's work, manages people or opens what is protected, told by the permission's verb. */
const decidingVerbs =
  /\.(manage|supervise|publish|protect|see-protected|approve(-[a-z-]+)?|confirm(-[a-z-]+)?)$/

export const decides = (permission: string): boolean => decidingVerbs.test(permission)

export const decidesAtAll = (permissions: Iterable<string>): boolean => [...permissions].some(decides)

/**
 * May one person alone make `now` into `then` (permissions)? Not when something that decides comes in, and not when
 * the managing of people goes out: whoever could take it from everybody else would be their own second person.
 */
export function needsSecondPerson(now: ReadonlySet<string>, then: ReadonlySet<string>): boolean {
  const gains = [...then].some(permission => decides(permission) && !now.has(permission))
  return gains || (now.has('staff.manage') && !then.has('staff.manage'))
}

export function isSameRights(a: Rights, b: Rights): boolean {
  return a.level === b.level && [...a.roles].sort().join() === [...b.roles].sort().join()
}

/** Who gave whom a password, and when its holder chose another. */
export type Handing = {
  readonly giver: { readonly personId: PersonId; readonly name: string }
  readonly holder: { readonly personId: PersonId; readonly name: string }
  readonly at: Instant
  readonly isUnchanged: boolean
}

/** So many hours after a moment. */
export const hoursAfter = (at: Instant, hours: number): Instant =>
  new Date(Date.parse(at) + hours * 3_600_000).toISOString() as Instant

/** Are the two still no second person to each other? Always, while the given password is in force. */
export function keepsApart(handing: Handing, hours: number, now: Instant): boolean {
  return handing.isUnchanged || Date.parse(hoursAfter(handing.at, hours)) > Date.parse(now)
}
