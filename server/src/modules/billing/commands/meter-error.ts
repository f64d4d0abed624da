/**
 * The money of a meter test: proposed or posted, by level, once. The bills stay as they went out; one journal carries
 * the difference, the letter says it in a sentence, and a result that turns out wrong takes its money back with it.
 */

import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { asId } from '@curbstop/kernel/ids'
import { formatDollars, split } from '@curbstop/kernel/money'
import type { Ctx } from '../../../platform/context.ts'
import type { Witness } from '../../../platform/module.ts'
import { refuseOwnAccount } from '../../accounts/index.ts'
import { createTask, createTaskAbout, finishTasksAbout, mailOrTask, requestReview } from '../../desk/index.ts'
import { decideBillPostings, postJournal, reverseJournal } from '../../ledger/index.ts'
import { aboutTest } from '../../metering/index.ts'
import { canApprove, findPerson, listAuthority, refuseAfterReset } from '../../staff/index.ts'
import { levels, queueOf } from '../../variances/domain/authority.ts'
import type { billing } from '../contract/index.ts'
import { errors } from '../domain/errors.ts'
import { actionOf, wordOf } from '../domain/meter-authority.ts'
import { chargesOfCorrection } from '../domain/meter-error.ts'
import { meterLetter } from '../domain/meter-letter.ts'
import { correctionSentence, feeSentence } from '../domain/meter-sentence.ts'
import { type Worked, workOut } from '../queries/meter-error.ts'
import { getMeterProposal } from '../queries/meter-proposal.ts'
import * as kept from '../store/meter-errors.ts'

type Asked = Input<typeof billing.proposeMeterMoney>
type View = Awaited<ReturnType<typeof getMeterProposal>>
type Standing = NonNullable<Worked['tested']['standing']>

const aboutMoney = (resultId: bigint): string => `meter-money:${resultId}`

/** The account held, and the figures still those that were shown. */
async function open(ctx: Ctx, asked: Asked): Promise<{ worked: Worked; standing: Standing }> {
  const { accountId, resultId, cents } = asked
  await refuseOwnAccount(ctx, accountId)
  await kept.lockMeterMoney(ctx.tx, accountId)
  const worked = await workOut(ctx, asked)
  const { standing } = worked.tested
  if (!standing) throw refuse(errors, 'billing.meter-no-result')
  const decided = worked.corrections.find(one => one.resultId === resultId)
  if (decided) throw refuse(errors, 'billing.meter-decided', { who: decided.decidedBy })
  if (standing.resultId !== resultId || worked.cents !== cents) throw refuse(errors, 'billing.meter-changed')
  return { worked, standing }
}

export async function proposeMeterMoney(ctx: Ctx, asked: Asked): Promise<View> {
  const { accountId, testId, resultId, cents, reason } = asked
  const { worked } = await open(ctx, asked)
  if (cents === 0n) throw refuse(errors, 'billing.meter-nothing')
  if (worked.word.may === 'not') throw refuse(errors, 'billing.meter-above-level', { says: worked.word.says })
  await kept.insertProposal(ctx.tx, {
    ...{ accountId, testId, resultId, cents, reason, at: ctx.now, by: ctx.actor.personId },
  })
  await createTaskAbout(ctx, {
    kind: 'approval',
    title: `${cents < 0n ? 'Refund' : 'Back-bill'} ${formatDollars(cents < 0n ? -cents : cents)} after a meter test?`,
    detail: `${correctionSentence(worked)} Proposed by ${ctx.actor.name}: ${reason} Decide it on the test’s page (test ${testId}).`,
    accountId,
    to: { queue: queueOf[worked.word.decider] },
    dueOn: ctx.today,
    about: aboutMoney(resultId),
  })
  tellMoney(ctx, asked, { did: 'proposed' })
  return getMeterProposal(ctx, asked)
}

function tellMoney(ctx: Ctx, { accountId, testId, cents, reason }: Asked, after: { did: string }): void {
  ctx.audit({
    subject: `meter-test:${testId}`,
    account: accountId,
    reason,
    after: { ...after, cents: String(cents) },
  })
  ctx.tell({ name: 'billing.meter-test-settled', account: accountId, subject: { testId, did: after.did } })
}

export async function settleMeterTest(ctx: Ctx, asked: Input<typeof billing.settleMeterTest>): Promise<View> {
  const { accountId, resultId, testId, waive } = asked
  const { worked, standing } = await open(ctx, asked)
  await checkWord(ctx, worked, standing)
  if (waive && worked.outcome === 'none') throw refuse(errors, 'billing.meter-nothing')
  if (waive && worked.outcome === 'refund') throw refuse(errors, 'billing.meter-refund-owed')
  await post(ctx, { ...asked, worked, outcome: waive ? 'waived' : worked.outcome })
  await finishTasksAbout(ctx, aboutMoney(resultId), waive ? 'declined' : 'approved')
  if (worked.tested.test.accountId === accountId) await finishTasksAbout(ctx, aboutTest(testId), 'done')
  tellMoney(ctx, asked, { did: waive ? 'waived' : worked.outcome })
  await requestReview(ctx, { title: 'Meter test settled', accountId })
  return getMeterProposal(ctx, asked)
}

/** AUTH-001, AUTH-017, AUTH-025: by level, never on one's own measurement or proposal. */
async function checkWord(ctx: Ctx, { word, proposal, cents }: Worked, standing: Standing): Promise<void> {
  if (cents === 0n) return
  if (word.may !== 'alone') throw refuse(errors, 'billing.meter-above-level', { says: word.says })
  if (standing.enteredById === ctx.actor.personId) throw refuse(errors, 'billing.meter-own-result')
  if (!proposal || proposal.cents !== cents) return
  const rank = (level: string | null) => levels.indexOf(level as never) + 1
  const proposer = await findPerson(ctx, proposal.proposedById)
  const approver = { personId: ctx.actor.personId, rank: rank(ctx.actor.level) }
  if (!canApprove({ personId: proposal.proposedById, rank: rank(proposer?.level ?? null) }, approver))
    throw refuse(errors, 'billing.meter-own-proposal', { who: proposal.proposedBy })
  await refuseAfterReset(ctx, proposal.proposedById)
}

type Posting = Asked & { readonly worked: Worked; readonly outcome: kept.Outcome }

/** One transaction: the journal, the fee, the letter, and what each bill came to. */
async function post(
  ctx: Ctx,
  { accountId, testId, resultId, reason, worked, outcome }: Posting,
): Promise<void> {
  const { decision, bills, proposal, feeCents, dueOn } = worked
  const says = correctionSentence(worked)
  const moves = outcome === 'refund' || outcome === 'back-bill'
  const cents = moves ? worked.cents : 0n
  const common = { accountId, effectiveOn: ctx.today, memo: says }
  const journalId = moves
    ? await postJournal(ctx, {
        ...common,
        kind: 'adjustment',
        source: `meter-test:${resultId}`,
        ...(cents > 0n && dueOn ? { dueOn } : {}),
        postings: decideBillPostings(chargesOfCorrection(bills)),
      })
    : null
  const feeJournalId =
    feeCents > 0n
      ? await postJournal(ctx, {
          ...{ ...common, kind: 'fee', source: `meter-test-fee:${resultId}:returned` },
          memo: feeSentence(worked),
          postings: decideBillPostings([{ service: 'fees', fixedCents: -feeCents, useCents: 0n }]),
        })
      : null
  const isOffered = outcome === 'back-bill'
  const instalments = isOffered ? (decision?.offer?.instalments ?? 1) : null
  const instalmentCents = instalments
    ? split(
        cents,
        Array.from({ length: instalments }, () => 1n),
      )[0]!
    : null
  const letter = meterLetter(worked, { outcome, instalments, instalmentCents })
  const messageId = await mailOrTask(ctx, {
    accountId,
    letter,
    otherwise: 'Tell the customer the result of the meter test',
  })
  const correctionId = await kept.insertCorrection(ctx.tx, {
    ...{
      accountId,
      testId,
      resultId,
      outcome,
      cents,
      says,
      reason,
      journalId,
      feeJournalId,
      feeCents,
      messageId,
    },
    ...{ fromOn: decision?.windowFromOn ?? null, instalments, dueOn: isOffered ? dueOn : null },
    fee: worked.tested.test.feeCents > 0n ? (decision?.fee ?? null) : null,
    proposedById: proposal && proposal.proposedById !== ctx.actor.personId ? proposal.proposedById : null,
    ...{ at: ctx.now, by: ctx.actor.personId },
  })
  if (!moves) return
  const segments = bills.flatMap(({ bill: { billId }, segments: own }) =>
    own.map(({ segment, unitsBefore, unitsAfter, before, after }) => ({
      ...{ billId, segmentNo: segment.segmentNo, unitsBefore, unitsAfter },
      ...{ centsBefore: before.totalCents, centsAfter: after.totalCents },
    })),
  )
  await kept.insertCorrectedSegments(ctx.tx, { accountId, correctionId }, segments)
}

/** Hears `metering.test-voided` for every account of the place: money that rested on it goes back, by level. */
export const witnessVoidedTest: Witness = async (ctx, { account, subject }) => {
  if (!account || !subject) return
  const resultId = asId<'meter-test-result'>(String(subject.resultId))
  await kept.lockMeterMoney(ctx.tx, account)
  const found = (await kept.listCorrections(ctx.tx, account)).find(one => one.resultId === resultId)
  if (!found || found.reversed !== null) return
  const { correctionId, cents, journalId, feeJournalId } = found
  const limits = await listAuthority(ctx, actionOf(cents))
  const word = wordOf({ cents, recentCents: 0n, level: ctx.actor.level, limits, proposedBy: null })
  if (word.may !== 'alone') {
    const says = `Money was posted on this result. ${word.says ?? ''} Nothing was voided.`
    throw refuse(errors, 'billing.meter-above-level', { says })
  }
  await refuseOwnAccount(ctx, account)
  const reason = String(subject.reason)
  for (const posted of [journalId, feeJournalId])
    if (posted !== null) await reverseJournal(ctx, { accountId: account, journalId: asId(posted), reason })
  const at = { at: ctx.now, by: ctx.actor.personId }
  await kept.insertReversal(ctx.tx, { accountId: account, correctionId, reason, ...at })
  await createTask(ctx, {
    kind: 'follow-up',
    title: 'Tell the customer: the meter test was wrong, and what was posted on it is taken back',
    detail: `${found.says} Voided: ${reason}`,
    accountId: account,
    to: { queue: 'advisors' },
    dueOn: ctx.today,
  })
}
