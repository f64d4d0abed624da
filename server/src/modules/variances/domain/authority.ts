/** AUTH-015: whose word a variance takes. The limits themselves are dated rows of the staff department. */
import type { Draft } from './draft.ts'
import { kindNames, type VarianceKind } from './words.ts'

export type AuthorityAction =
  | 'variance-persons'
  | 'variance-medical-animals-license'
  | 'variance-landscape-pool'

const actionOf: Readonly<Record<VarianceKind, AuthorityAction>> = {
  household: 'variance-persons',
  medical: 'variance-medical-animals-license',
  care: 'variance-medical-animals-license',
  animals: 'variance-medical-animals-license',
  landscape: 'variance-landscape-pool',
  'new-landscape': 'variance-landscape-pool',
  'pool-fill': 'variance-landscape-pool',
  disaster: 'variance-landscape-pool',
  leak: 'variance-landscape-pool',
  other: 'variance-landscape-pool',
}

/** The action and the amount a level's limit is held against: people of a household, otherwise one variance. */
export function weightOf(draft: Draft): { action: AuthorityAction; amount: bigint } {
  const action = actionOf[draft.kind]
  return { action, amount: action === 'variance-persons' ? BigInt(draft.persons ?? 1) : 1n }
}

export const levels = ['assistant', 'advisor', 'senior', 'supervisor'] as const
export type Level = (typeof levels)[number]
export const levelNames: Readonly<Record<Level, string>> = {
  assistant: 'an Assistant',
  advisor: 'an Advisor',
  senior: 'a Senior',
  supervisor: 'a Supervisor',
}
export const queueOf: Readonly<Record<Level, 'advisors' | 'seniors' | 'supervisor'>> = {
  assistant: 'advisors',
  advisor: 'advisors',
  senior: 'seniors',
  supervisor: 'supervisor',
}

/** Why a level may only propose: the refusal and the button say the same. */
export function aboveLevelText(level: Level | null, decider: Level, { kind, persons }: Draft): string {
  const who = level
    ? `${levelNames[level][0]!.toUpperCase()}${levelNames[level].slice(1)}`
    : 'Somebody without a level'
  const what = kind === 'household' ? `a household of ${persons ?? 1}` : `a variance for ${kindNames[kind]}`
  return `${who} may propose ${what}, not decide it: ${levelNames[decider]} decides (AUTH-015). Propose it, and it waits in their queue.`
}
