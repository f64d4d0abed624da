import type { LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { PersonId } from '@curbstop/kernel/ids'
import type { Ctx, Level } from '../../../platform/context.ts'
import type { staff } from '../contract.ts'
import { errors, needsSecondPerson, type Rights } from '../domain/index.ts'
import { rowOf } from '../queries.ts'
import { insertInterest } from '../store/limits.ts'
import * as store from '../store/people.ts'
import { endSessions } from '../store/sessions.ts'
import { giveFirstPassword, hashNew } from './passwords.ts'
import { findOther, mayGiveAlone, propose } from './rights.ts'

export type NewPerson = {
  login: string
  name: string
  level: Level | null
  roles: readonly string[]
  password: string
  /** For imports, whose people have numbers and years of service already. */
  personId?: PersonId
  levelSince?: LocalDate
}

/** A person with a password of their own: what imports and tests call, through the door's inner half. */
export async function addPerson(ctx: Ctx, person: NewPerson): Promise<{ personId: PersonId }> {
  const { login, name, level, roles } = person
  const passwordHash = await hashNew(person.password, { login, name, hasSecondFactor: false }, 'password')
  return insert(ctx, { ...person, level, roles, passwordHash })
}

async function insert(
  ctx: Ctx,
  person: Omit<NewPerson, 'password'> & { passwordHash: string | null },
): Promise<{ personId: PersonId }> {
  const { login, name, level, roles } = person
  const personId = await store.insertPerson(ctx.tx, {
    ...{ login, name, level, passwordHash: person.passwordHash },
    personId: person.personId ?? null,
    levelSince: person.levelSince ?? ctx.today,
  })
  await store.setRoles(ctx.tx, personId, roles)
  ctx.audit({ subject: `person:${personId}`, after: { login, name, level, roles } })
  ctx.tell({ name: 'staff.person-created', subject: { person: personId } })
  return { personId }
}

const nothing: Rights = { level: null, roles: [] }

/** Adds a person with a first password. What decides waits for the second person; what does not counts at once. */
export async function createPerson(
  ctx: Ctx,
  input: Input<typeof staff.createPerson>,
): Promise<Output<typeof staff.createPerson>> {
  const { login, name, level, reason } = input
  const wanted = { level, roles: [...new Set(input.roles)] }
  if (level === null && wanted.roles.length === 0) throw refuse(errors, 'staff.nothing-to-do', {}, 'level')
  const waits = !(await mayGiveAlone(ctx, nothing, wanted))
  const now = waits ? await harmlessPart(ctx, wanted) : wanted
  const { personId } = await insert(ctx, { login, name, ...now, passwordHash: null })
  const first = await giveFirstPassword(ctx, personId, 'new')
  if (waits) await propose(ctx, personId, { what: 'rights', reason, rights: wanted })
  return { personId, first, waits }
}

async function harmlessPart(ctx: Ctx, wanted: Rights): Promise<Rights> {
  const isHarmless = async (part: Rights) =>
    !needsSecondPerson(new Set(), new Set(await store.listPermissionsOf(ctx.tx, part)))
  const roles: string[] = []
  for (const role of wanted.roles) if (await isHarmless({ level: null, roles: [role] })) roles.push(role)
  const level = (await isHarmless({ level: wanted.level, roles: [] })) ? wanted.level : null
  return { level, roles }
}

/** Ends every session in the same transaction; live pages are dismissed on the event. */
export async function disablePerson(
  ctx: Ctx,
  { personId, reason }: Input<typeof staff.disablePerson>,
): Promise<Output<typeof staff.disablePerson>> {
  const person = await findOther(ctx, personId)
  const already = () =>
    refuse(errors, 'staff.already-disabled', { name: person.name, reason: person.disabledReason ?? reason })
  if (person.disabledAt) throw already()
  if (!(await store.insertDisabled(ctx.tx, { personId, by: ctx.actor.personId, reason }))) throw already()
  const sessions = await endSessions(ctx.tx, personId, { why: 'disabled' })
  ctx.audit({ subject: `person:${personId}`, reason, after: { disabled: true, sessionsEnded: sessions } })
  ctx.tell({ name: 'staff.person-disabled', subject: { person: personId } })
  return rowOf((await store.findPerson(ctx.tx, personId))!)
}

export async function declareInterest(
  ctx: Ctx,
  { customerId, relation }: Input<typeof staff.declareInterest>,
): Promise<Output<typeof staff.declareInterest>> {
  const { personId } = ctx.actor
  await insertInterest(ctx.tx, { personId, customerId, relation })
  ctx.audit({ subject: `person:${personId}`, after: { interestInCustomer: customerId, relation } })
  ctx.tell({ name: 'staff.interest-declared', subject: { person: personId } })
  return { declared: true }
}
