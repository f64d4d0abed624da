/** One attempt to prove who is calling, kept whatever comes of it. */
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, CustomerId } from '@curbstop/kernel/ids'
import { sameDigest } from '../../../platform/auth/digest.ts'
import type { Ctx } from '../../../platform/context.ts'
import { getRuleBook, numberOf, type RuleBook, ruleOf } from '../../policy/index.ts'
import { authorizationState } from '../domain/card.ts'
import { errors } from '../domain/errors.ts'
import { normalSecret } from '../domain/secrets.ts'
import { type Caller, type Decision, decideVerification, secretItems } from '../domain/verification.ts'
import type { ProofItem, SecretKind } from '../domain/words.ts'
import { minutesAgo, readCard } from '../queries.ts'
import type { CardRow } from '../store/cards.ts'
import * as store from '../store/changes.ts'
import * as guards from '../store/guards.ts'
import { digestSecret } from './guard.ts'

export type Attempt = {
  customerId: CustomerId
  accountId: AccountId | null
  caller: Caller
  callerName: string | null
  authorizedId: bigint | null
  /** What the advisor compared with the screen and ticked. */
  matched: readonly ProofItem[]
  failed: readonly ProofItem[]
  /** What the caller said of things nobody sees. */
  said: Partial<Record<SecretKind, string | null | undefined>>
}

/** Answers the decision and the number of the kept row. Throws unknown customer or authorised contact. */
export async function verifyCaller(
  ctx: Ctx,
  attempt: Attempt,
): Promise<{ verificationId: bigint; decision: Decision }> {
  if ([...attempt.matched, ...attempt.failed].some(item => secretItems.includes(item)))
    throw refuse(errors, 'customers.secret-not-ticked', {}, 'matched')
  const { row } = await readCard(ctx, attempt.customerId)
  const book = await getRuleBook(ctx)
  const checked = await checkSaid(ctx, attempt)
  const proven = [...attempt.matched, ...checked.proven]
  const failed = [...attempt.failed, ...checked.failed]
  const decision = decideVerification({
    caller: attempt.caller,
    authorized: authorizedOf(ctx, row, attempt),
    proven,
    failed,
    isProtected: row.protection !== null,
    available: availableOf(row),
    needed: numberOf(book, 'PRV-010'),
    wrongSecrets: checked.failed.length + (await wrongBefore(ctx, row, book)),
  })
  const verificationId = await guards.insertVerification(ctx.tx, {
    ...attempt,
    ...decision,
    personId: ctx.actor.personId,
    ruleId: ruleOf(book, 'PRV-010').ruleId,
    at: ctx.now,
  })
  ctx.audit({
    subject: `customer:${attempt.customerId}`,
    account: attempt.accountId,
    after: {
      caller: attempt.caller,
      outcome: decision.outcome,
      proven: decision.proven,
      failed: decision.failed,
    },
  })
  ctx.tell({
    name: 'customers.caller-verified',
    account: attempt.accountId,
    subject: { customer: attempt.customerId, verification: verificationId },
  })
  return { verificationId, decision }
}

async function checkSaid(ctx: Ctx, { customerId, said }: Attempt) {
  const proven: ProofItem[] = []
  const failed: ProofItem[] = []
  if (!Object.values(said).some(Boolean)) return { proven, failed }
  for (const { kind, digest } of await store.listSecrets(ctx.tx, customerId)) {
    const text = said[kind]
    if (!text) continue
    const isRight = sameDigest(digest, digestSecret(ctx, kind, customerId, normalSecret(kind, text)))
    ;(isRight ? proven : failed).push(kind)
  }
  return { proven, failed }
}

function authorizedOf(ctx: Ctx, row: CardRow, attempt: Attempt) {
  if (attempt.caller !== 'authorized') return null
  const one = row.authorized.find(each => each.authorizedId === attempt.authorizedId?.toString())
  if (!one) throw refuse(errors, 'customers.authorized-unknown', {}, 'authorizedId')
  return {
    name: one.name,
    scopes: one.scopes,
    isInForce: authorizationState(one, ctx.today) === 'in-force',
  }
}

function availableOf(row: CardRow): ProofItem[] {
  const phones = row.phones.length > 0 ? (['phone'] as const) : []
  return ['account-number', 'service-address', 'name', 'last-payment', ...phones, ...row.secrets]
}

async function wrongBefore(ctx: Ctx, row: CardRow, book: RuleBook): Promise<number> {
  const since = minutesAgo(ctx, numberOf(book, 'PRV-013') * 60)
  return guards.countWrongSecrets(ctx.tx, row.customerId, since)
}
