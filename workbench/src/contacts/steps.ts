/**
 * The contact writes itself: what is opened and done on a page is noted here, quietly, and sent in batches to the
 * contact in hand. What happened before the contact was started is kept for a while (in memory only), so that a
 * contact begun late still knows what was looked at.
 */
import type { Input } from '@curbstop/kernel/endpoint'
import type { AccountId } from '@curbstop/kernel/ids'
import type { contacts } from '@curbstop/server/contract/staff'

export type Step = Input<typeof contacts.noteSteps>['steps'][number]
type Noted = { readonly accountId: AccountId; readonly step: Step; readonly at: number }

const keptMs = 20 * 60_000
const most = 50
let waiting: Noted[] = []
const sent = new Map<string, Set<string>>()
const listeners = new Set<() => void>()

const stepText = (step: Step): string =>
  JSON.stringify(step, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))

/** Notes a step; the same step twice on the same account is one step. */
export function noteStep(accountId: AccountId, step: Step): void {
  const text = stepText(step)
  if (waiting.some(one => one.accountId === accountId && stepText(one.step) === text)) return
  waiting = [
    ...waiting.filter(one => Date.now() - one.at < keptMs),
    { accountId, step, at: Date.now() },
  ].slice(-most)
  for (const listener of listeners) listener()
}

export function onStep(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Takes what is waiting for an account and was not sent to this contact yet. */
export function takeSteps(contactId: string, accountId: AccountId): Step[] {
  const known = sent.get(contactId) ?? new Set<string>()
  sent.set(contactId, known)
  const mine = waiting.filter(one => one.accountId === accountId)
  waiting = waiting.filter(one => one.accountId !== accountId)
  const fresh = mine.map(one => one.step).filter(step => !known.has(stepText(step)))
  for (const step of fresh) known.add(stepText(step))
  return fresh
}

/** A batch that could not be sent is noted again. */
export function giveBack(contactId: string, accountId: AccountId, steps: readonly Step[]): void {
  for (const step of steps) {
    sent.get(contactId)?.delete(stepText(step))
    noteStep(accountId, step)
  }
}
