/** The request in hand: what is typed, what the rules and the bill say of it a quarter of a second later. */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { AccountId } from '@curbstop/kernel/ids'
import { billing, variances } from '@curbstop/server/contract/staff'
import { useEffect, useState } from 'react'
import { useAsk } from '../shell/ask.ts'

export type Draft = Input<typeof variances.checkVariance>['draft']
export type View = Output<typeof variances.getVariance>
export type Verdict = View['verdict']
export type Effect = Output<typeof billing.varianceEffect>
export type Kind = Draft['kind']
export type EvidenceKind = Draft['evidence'][number]['kind']

export const kinds = [
  'household',
  'medical',
  'care',
  'animals',
  'landscape',
  'new-landscape',
  'pool-fill',
  'disaster',
  'leak',
  'other',
] as const satisfies readonly Kind[]

/** What may be shown for each kind, the usual first. */
export const evidenceOf: Readonly<Record<Kind, readonly EvidenceKind[]>> = {
  household: ['names-listed', 'residency-proof'],
  medical: ['doctor-note'],
  care: ['care-license'],
  animals: ['animal-photo', 'site-visit'],
  landscape: ['landscape-drawing', 'assessor-record', 'site-visit'],
  'new-landscape': ['planting-record', 'site-visit'],
  'pool-fill': ['pool-record', 'site-visit'],
  disaster: ['incident-report', 'other-document'],
  leak: ['repair-invoice', 'other-document'],
  other: ['other-document', 'site-visit'],
}

export const countOf = ({ evidence }: Draft, kind: EvidenceKind): number =>
  evidence.find(one => one.kind === kind)?.count ?? 0

export function withEvidence(draft: Draft, kind: EvidenceKind, count: number): Draft {
  const others = draft.evidence.filter(one => one.kind !== kind)
  return { ...draft, evidence: count > 0 ? [...others, { kind, count }] : others }
}

/** A figure that is emptied is not told. */
export function withFigure<K extends keyof Draft>(draft: Draft, name: K, value: Draft[K] | null): Draft {
  if (value !== null && value !== '') return { ...draft, [name]: value }
  const { [name]: _, ...rest } = draft
  return rest as Draft
}

/** The rules and the bill's worlds of what is typed. */
export function useJudged(accountId: AccountId, draft: Draft, isTyping: boolean) {
  const settled = useSettled(draft)
  const options = { enabled: isTyping, keepPrevious: true, staleTime: 60_000 }
  const check = useAsk(variances.checkVariance, { accountId, draft: settled }, options)
  const effect = useAsk(billing.varianceEffect, { accountId, draft: settled }, { ...options, enabled: true })
  return { check, effect, isStale: settled !== draft || check.isFetching || effect.isFetching }
}

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 250)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
