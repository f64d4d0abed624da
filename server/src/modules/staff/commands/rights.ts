/**
 * What a person may do. Rights that decide are proposed by one and confirmed by another (AUTH-025): nobody makes their
 * own second person. The first person of an empty district, with nobody to ask, makes the second one alone.
 */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { PersonId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import type { staff } from '../contract.ts'
import { decidesAtAll, errors, isSameRights, needsSecondPerson, type Rights } from '../domain/index.ts'
import { refuseAfterReset, rowOf } from '../queries.ts'
import * as store from '../store/people.ts'
import * as proposals from '../store/proposals.ts'
import { endSessions } from '../store/sessions.ts'

type PersonRow = Output<typeof staff.changeRoles>

export async function findOther(ctx: Ctx, personId: PersonId): Promise<store.Person> {
  if (personId === ctx.actor.personId) throw refuse(errors, 'staff.not-yourself')
  const person = await store.findPerson(ctx.tx, personId)
  if (!person) throw refuse(errors, 'staff.no-person')
  return person
}

const shown = async (ctx: Ctx, personId: PersonId): Promise<PersonRow> =>
  rowOf((await store.findPerson(ctx.tx, personId))!)

const hasNobodyToAsk = async (ctx: Ctx): Promise<boolean> =>
  !(await store.isHeldBeside(ctx.tx, ctx.actor.personId, 'staff.manage'))

/** May the actor alone make a person's rights so? */
export async function mayGiveAlone(ctx: Ctx, now: Rights, then: Rights): Promise<boolean> {
  const before = new Set(await store.listPermissionsOf(ctx.tx, now))
  const after = new Set(await store.listPermissionsOf(ctx.tx, then))
  return !needsSecondPerson(before, after) || hasNobodyToAsk(ctx)
}

async function mayTouchAlone(ctx: Ctx, person: Rights): Promise<boolean> {
  return !decidesAtAll(await store.listPermissionsOf(ctx.tx, person)) || hasNobodyToAsk(ctx)
}

type Wish = { what: proposals.What; reason: string; rights: Rights }

/** Keeps what was asked for until a second person decides. Throws staff.proposed-already. */
export async function propose(ctx: Ctx, personId: PersonId, { what, reason, rights }: Wish): Promise<void> {
  const { personId: by } = ctx.actor
  const { level, roles } = rights
  const proposalId = await proposals.insertProposal(ctx.tx, {
    ...{ personId, what, level, roles, reason, by },
    at: ctx.now,
  })
  if (proposalId === null) {
    const open = await proposals.findOpen(ctx.tx, personId, what)
    throw refuse(errors, 'staff.proposed-already', {
      who: open?.proposedBy ?? 'Somebody',
      name: open?.personName ?? 'this person',
    })
  }
  ctx.audit({ subject: `person:${personId}`, reason, after: { proposed: what, level, roles } })
  ctx.tell({ name: 'staff.proposed', subject: { person: personId, proposal: proposalId, by } })
}

export async function changeRoles(
  ctx: Ctx,
  { personId, level, roles, reason }: Input<typeof staff.changeRoles>,
): Promise<PersonRow> {
  const person = await findOther(ctx, personId)
  if (level === null && roles.length === 0) throw refuse(errors, 'staff.nothing-to-do', {}, 'level')
  const rights = { level, roles: [...new Set(roles)] }
  if (await mayGiveAlone(ctx, person, rights)) await giveRights(ctx, person, { rights, reason })
  else await propose(ctx, personId, { what: 'rights', reason, rights })
  return shown(ctx, personId)
}

async function giveRights(
  ctx: Ctx,
  person: store.Person,
  { rights, reason }: { rights: Rights; reason: string },
): Promise<void> {
  const { personId } = person
  if (isSameRights(person, rights)) return
  await store.updateLevel(ctx.tx, personId, { level: rights.level, since: ctx.today })
  await store.setRoles(ctx.tx, personId, rights.roles)
  ctx.audit({
    subject: `person:${personId}`,
    reason,
    before: { level: person.level, roles: person.roles },
    after: { level: rights.level, roles: rights.roles },
  })
  ctx.tell({ name: 'staff.roles-changed', subject: { person: personId } })
}

export async function enablePerson(
  ctx: Ctx,
  { personId, reason }: Input<typeof staff.enablePerson>,
): Promise<PersonRow> {
  const person = await findOther(ctx, personId)
  if (!person.disabledAt) throw refuse(errors, 'staff.not-disabled', { name: person.name })
  if (await mayTouchAlone(ctx, person)) await letIn(ctx, person, reason)
  else await propose(ctx, personId, { what: 'enable', reason, rights: person })
  return shown(ctx, personId)
}

async function letIn(ctx: Ctx, { personId, name }: store.Person, reason: string): Promise<void> {
  if (!(await store.updateEnabled(ctx.tx, personId, ctx.actor.personId)))
    throw refuse(errors, 'staff.not-disabled', { name })
  ctx.audit({ subject: `person:${personId}`, reason, before: { disabled: true }, after: { disabled: false } })
  ctx.tell({ name: 'staff.person-enabled', subject: { person: personId } })
}

export async function takeSecondFactor(
  ctx: Ctx,
  { personId, reason }: Input<typeof staff.takeSecondFactor>,
): Promise<PersonRow> {
  const person = await findOther(ctx, personId)
  if (person.secondFactor === 'off') throw refuse(errors, 'staff.no-factor')
  if (await mayTouchAlone(ctx, person)) await takeFactor(ctx, person, reason)
  else await propose(ctx, personId, { what: 'factor-off', reason, rights: person })
  return shown(ctx, personId)
}

async function takeFactor(ctx: Ctx, person: store.Person, reason: string): Promise<void> {
  const { personId, secondFactor } = person
  if (secondFactor === 'off') throw refuse(errors, 'staff.no-factor')
  await store.updateSecondFactor(ctx.tx, personId, null)
  await endSessions(ctx.tx, personId, { why: 'second factor taken off' })
  ctx.audit({
    subject: `person:${personId}`,
    reason,
    before: { secondFactor },
    after: { secondFactor: 'off' },
  })
  ctx.tell({ name: 'staff.second-factor-taken', subject: { person: personId, by: ctx.actor.personId } })
}

/** The second person says yes or no; the proposer may only take it back. */
export async function decideProposal(
  ctx: Ctx,
  { proposalId, confirm, reason }: Input<typeof staff.decideProposal>,
): Promise<PersonRow> {
  const proposal = await proposals.lockProposal(ctx.tx, proposalId)
  if (!proposal) throw refuse(errors, 'staff.no-proposal')
  const { personId, proposedById } = proposal
  if (proposal.decision !== null) {
    const { decision, decidedBy } = proposal
    throw refuse(errors, 'staff.decided-already', { who: decidedBy ?? 'Somebody', decision })
  }
  const isOwn = proposedById === ctx.actor.personId
  if (isOwn && confirm) throw refuse(errors, 'staff.second-person')
  const person = await findOther(ctx, personId)
  if (!isOwn) await refuseAfterReset(ctx, proposedById)
  const decision = isOwn ? 'withdrawn' : confirm ? 'confirmed' : 'declined'
  await proposals.updateDecided(ctx.tx, proposalId, { by: ctx.actor.personId, at: ctx.now, decision, reason })
  ctx.audit({ subject: `person:${personId}`, reason, after: { proposal: proposal.what, decision } })
  ctx.tell({ name: 'staff.proposal-decided', subject: { person: personId, proposal: proposalId, decision } })
  if (decision === 'confirmed') await carryOut(ctx, person, proposal)
  return shown(ctx, personId)
}

async function carryOut(ctx: Ctx, person: store.Person, proposal: proposals.Proposal): Promise<void> {
  const { what, reason, level, roles } = proposal
  if (what === 'enable') return letIn(ctx, person, reason)
  if (what === 'factor-off') return takeFactor(ctx, person, reason)
  return giveRights(ctx, person, { rights: { level, roles }, reason })
}
