/** The page of what a meter test comes to: both worlds line by line, in words. */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { asId } from '@curbstop/kernel/ids'
import type { BillUnit } from '@curbstop/kernel/quantity'
import type { Ctx } from '../../../platform/context.ts'
import { may } from '../../../platform/context.ts'
import { findAccount, listAccountsAt, listProtectedAccounts } from '../../accounts/index.ts'
import { listMessages } from '../../correspondence/index.ts'
import { getRuleBook, ruleOf } from '../../policy/index.ts'
import type { billing } from '../contract/index.ts'
import type { CorrectedBill, RatedAgain } from '../domain/meter-error.ts'
import { correctionSentence } from '../domain/meter-sentence.ts'
import { showWorld } from '../domain/what-if.ts'
import { plain, unitNames } from '../domain/words.ts'
import type { CorrectionRow } from '../store/meter-errors.ts'
import { type Worked, workOut } from './meter-error.ts'

type View = Output<typeof billing.getMeterProposal>
type Bill = View['bills'][number]
type Line = Bill['lines'][number]

export async function getMeterProposal(
  ctx: Ctx,
  asked: Input<typeof billing.getMeterProposal>,
): Promise<View> {
  return showWorked(ctx, await workOut(ctx, asked))
}

export async function showWorked(ctx: Ctx, worked: Worked): Promise<View> {
  const { tested, decision, proposal, word, cents } = worked
  const book = await getRuleBook(ctx)
  return {
    testId: tested.test.testId,
    resultId: tested.standing?.resultId ?? null,
    outcome: worked.outcome,
    cents,
    says: correctionSentence(worked),
    why: decision?.why ?? null,
    windowFromOn: decision?.windowFromOn ?? null,
    capReasons: [...(decision?.capReasons ?? [])],
    rules: (decision?.rules ?? []).map(code => {
      const { text, citation } = ruleOf(book, code)
      return { code, text, citation }
    }),
    bills: worked.bills.map(bill => billView(bill, worked.unit)),
    billUnit: unitNames[worked.unit],
    billedToOn: worked.billedToOn,
    fee: tested.test.feeCents > 0n ? (decision?.fee ?? null) : null,
    feeCents: tested.test.feeCents,
    instalments: worked.outcome === 'back-bill' ? (decision?.offer?.instalments ?? 1) : null,
    dueOn: worked.dueOn,
    exchange: decision?.exchange ?? false,
    may: word.may,
    maySays: word.says,
    proposed: proposal && {
      cents: proposal.cents,
      by: proposal.proposedBy,
      at: proposal.proposedAt,
      reason: proposal.reason,
    },
    others: await othersOf(ctx, worked),
    corrections: await correctionsOf(ctx, worked),
  }
}

function billView({ bill, period, segments, cents, leftOut }: CorrectedBill, unit: BillUnit): Bill {
  const [main] = segments
  const units = bill.segments[0]?.usageUnits ?? '0'
  return {
    billId: bill.billId,
    fromOn: bill.fromOn,
    toOn: bill.toOn,
    correctFromOn: period.correctFromOn,
    gallonsBefore: period.billedGallons,
    gallonsAfter: period.trueGallons,
    unitsBefore: main?.unitsBefore ?? plain(units),
    unitsAfter: main?.unitsAfter ?? plain(units),
    lines: segments.flatMap(one => linesOf(one, unit)),
    differenceCents: cents,
    leftOut,
  }
}

/** The lines of both worlds side by side, in the order in which the bill has them; a tier may be in one only. */
function linesOf({ segment, before, after }: RatedAgain, unit: BillUnit): Line[] {
  const [was, is] = [before, after].map(rated => {
    const shown = showWorld([{ segment, rated }], unit)
    return rated.lines.map((line, at) => ({ ...shown[at]!, key: `${line.code} ${line.tier} ${line.from}` }))
  }) as [KeyedLine[], KeyedLine[]]
  const keys = [...new Set([...was, ...is].map(line => line.key))]
  return keys.map(key => {
    const [old, now] = [was, is].map(lines => lines.find(line => line.key === key) ?? null)
    const { service, label } = (old ?? now)!
    return {
      ...{ service, label, before: sideOf(old), after: sideOf(now) },
      differenceCents: (now?.cents ?? 0n) - (old?.cents ?? 0n),
    }
  })
}

type KeyedLine = ReturnType<typeof showWorld>[number] & { readonly key: string }
const sideOf = (line: KeyedLine | null | undefined): Line['before'] =>
  line ? { quantity: line.quantity, cents: line.cents, arithmetic: line.arithmetic } : null

/** Whoever else paid for this meter's error has a proposal of their own. */
async function othersOf(ctx: Ctx, { account, tested, decision }: Worked): Promise<View['others']> {
  if (!decision?.windowFromOn) return []
  const ids = await listAccountsAt(ctx, [tested.test.servicePointId], decision.windowFromOn)
  const guarded = may(ctx, 'customers.see-protected') ? new Set() : await listProtectedAccounts(ctx, ids)
  const others = []
  for (const accountId of ids) {
    if (accountId === account.accountId || guarded.has(accountId)) continue
    const found = await findAccount(ctx, accountId)
    if (found) others.push({ accountId, number: found.number })
  }
  return others
}

async function correctionsOf(
  ctx: Ctx,
  { account, tested, corrections }: Worked,
): Promise<View['corrections']> {
  const own = corrections.filter(one => one.testId === tested.test.testId)
  if (own.length === 0) return []
  const messages = await listMessages(ctx, { accountId: account.accountId })
  return own.map(one => ({ ...correctionView(one), letter: letterOf(one, messages) }))
}

const correctionView = ({
  resultId,
  outcome,
  cents,
  says,
  reason,
  fee,
  feeCents,
  instalments,
  dueOn,
  proposedBy,
  decidedBy,
  decidedAt,
  reversed,
}: CorrectionRow) => ({
  ...{ resultId, outcome, cents, says, reason, fee, feeCents, instalments, dueOn, proposedBy, decidedBy },
  ...{ decidedAt, reversed },
})

function letterOf({ messageId }: CorrectionRow, messages: Awaited<ReturnType<typeof listMessages>>) {
  const found = messages.find(one => one.messageId === messageId)
  if (!found) return null
  return { messageId: asId<'message'>(found.messageId), subject: found.subject, state: found.state }
}
