/** What the desk tells when somebody's sign-in or rights change: the person it is about, and whoever must look. */
import { formatInstant, type Instant } from '@curbstop/kernel/dates'
import type { PersonId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { decidesForOthers, findPerson, holdsPermission } from '../../staff/index.ts'
import { createTaskAbout, finishTasksAbout } from './about.ts'

export type Reset = { readonly person: PersonId; readonly by: PersonId; readonly at: Instant }

/** The holder hears of a password they may not have asked for; a second supervisor asks them where it opens much. */
export async function tellReset(ctx: Ctx, { person, by, at }: Reset): Promise<void> {
  const [holder, giver] = [await findPerson(ctx, person), await findPerson(ctx, by)]
  if (!holder || !giver) return
  const about = `sign-in-reset:${person}:${at}`
  const when = formatInstant(at, ctx.timeZone, ctx.today)
  if (await holdsPermission(ctx, person, 'desk.work'))
    await createTaskAbout(ctx, {
      kind: 'exception',
      title: 'Your sign-in was reset',
      detail: `${giver.name} gave you a first password on ${when}. If you did not ask for it, tell your supervisor at once.`,
      to: { personId: person },
      dueOn: ctx.today,
      about,
    })
  if (await decidesForOthers(ctx, person))
    await createTaskAbout(ctx, {
      kind: 'approval',
      title: `Did ${holder.name} ask for a new password?`.slice(0, 200),
      detail: `${giver.name} reset the sign-in of ${holder.name} on ${when}. Ask ${holder.name} in person; if they know nothing of it, shut the login out on the people’s page.`,
      to: { queue: 'supervisor' },
      dueOn: ctx.today,
      createdById: by,
      about: `${about}:check`,
    })
}

export type Proposed = { readonly person: PersonId; readonly by: PersonId; readonly proposal: string }

const aboutProposal = (proposal: string): string => `staff-proposal:${proposal}`

export async function askSecondPerson(ctx: Ctx, { person, by, proposal }: Proposed): Promise<void> {
  const one = await findPerson(ctx, person)
  if (!one?.waits) return
  await createTaskAbout(ctx, {
    kind: 'approval',
    title: `Confirm what was asked for ${one.name}`.slice(0, 200),
    detail: 'Decide it on the people’s page; whoever asked may not (AUTH-025).',
    to: { queue: 'supervisor' },
    dueOn: ctx.today,
    createdById: by,
    about: aboutProposal(proposal),
  })
}

export function closeProposal(ctx: Ctx, proposal: string, decision: string): Promise<void> {
  return finishTasksAbout(ctx, aboutProposal(proposal), decision === 'confirmed' ? 'approved' : 'declined')
}
