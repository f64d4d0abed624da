import type { Instant } from '@curbstop/kernel/dates'
import { asId, type PersonId } from '@curbstop/kernel/ids'
import type { JobHandler } from '../../platform/module.ts'
import { releaseTasks } from './commands/review.ts'
import { askSecondPerson, closeProposal, tellReset } from './commands/staff-news.ts'

const personOf = (value: unknown): PersonId => asId<'person'>(String(value))

/** When somebody is disabled, their open tasks find another hand. Doing it twice finds nothing left to do. */
const releaseTasksOf: JobHandler = async (hand, payload) => {
  await hand.inTransaction(ctx => releaseTasks(ctx, personOf(payload.person)))
}

const tellResetOf: JobHandler = (hand, { person, by, at }) =>
  hand.inTransaction(ctx =>
    tellReset(ctx, { person: personOf(person), by: personOf(by), at: String(at) as Instant }),
  )

const askForProposal: JobHandler = (hand, { person, by, proposal }) =>
  hand.inTransaction(ctx =>
    askSecondPerson(ctx, { person: personOf(person), by: personOf(by), proposal: String(proposal) }),
  )

const closeForProposal: JobHandler = (hand, { proposal, decision }) =>
  hand.inTransaction(ctx => closeProposal(ctx, String(proposal), String(decision)))

export const jobs = {
  'desk.release-tasks': releaseTasksOf,
  'desk.tell-reset': tellResetOf,
  'desk.ask-second-person': askForProposal,
  'desk.close-proposal': closeForProposal,
}
export const listens = {
  'staff.person-disabled': ['desk.release-tasks'],
  'staff.sign-in-reset': ['desk.tell-reset'],
  'staff.proposed': ['desk.ask-second-person'],
  'staff.proposal-decided': ['desk.close-proposal'],
}
