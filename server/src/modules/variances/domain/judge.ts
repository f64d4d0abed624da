/**
 * What every rule says of a request: the same function while it is typed, on the button and at the decision. It reads
 * no clock and asks nobody; a fact that is not known is `missing`, never guessed.
 */
import { addDays, type LocalDate } from '@curbstop/kernel/dates'
import { type RuleBook, ruleOf } from '../../policy/domain.ts'
import { missingFigures } from './draft.ts'
import { dayText, type JudgeFacts, type Judging, type RuleAnswer, type Said } from './judge-facts.ts'
import { rulesOfKind } from './judge-kinds.ts'
import { variancePolicy } from './policy.ts'
import { type GrantInput, kindNames, type VarianceKind } from './words.ts'

const inputOf: Readonly<Record<VarianceKind, GrantInput | 'area'>> = {
  household: 'persons',
  medical: 'indoor-gpd',
  care: 'indoor-gpd',
  animals: 'indoor-gpd',
  landscape: 'area',
  'new-landscape': 'outdoor-factor',
  'pool-fill': 'over-budget-gallons',
  disaster: 'outdoor-gpd',
  leak: 'outdoor-gpd',
  other: 'outdoor-gpd',
}

export function judge(facts: JudgeFacts, book: RuleBook): RuleAnswer[] {
  const judging = { ...facts, policy: variancePolicy(book) }
  const said = [...common(judging), ...rulesOfKind(judging)]
  return said.map(([code, answer, says]) => {
    const { name, citation } = ruleOf(book, code)
    return { code, name, answer, says, citation }
  })
}

export const isEligible = (rules: readonly RuleAnswer[]): boolean =>
  rules.every(rule => rule.answer === 'met' || rule.answer === 'note')

function common(judging: Judging): Said[] {
  const { draft, account, takes, policy, activeUntil } = judging
  const said: Said[] = []
  const kind = kindNames[draft.kind]
  if (!policy.kinds.includes(draft.kind))
    said.push(['WB-021', 'refused', `Requests for ${kind} are not taken.`])
  const missing = missingFigures(draft)
  if (missing) said.push(['WB-021', 'missing', missing])
  if (!account.isOpen)
    said.push(['WB-038', 'refused', 'The account is closed: a variance ends with the customer’s service.'])
  if (account.isBusiness && (draft.kind === 'household' || draft.kind === 'care'))
    said.push(['WB-042', 'refused', 'A firm’s budget counts no people; decide it as another need.'])
  else if (!takes.has(inputOf[draft.kind]))
    said.push([
      'WB-042',
      'refused',
      `The rate of this account has no place for ${kind}: it would change no bill.`,
    ])
  if (activeUntil) said.push(renewal(activeUntil, judging))
  said.push(...drought(judging), ...period(judging))
  return said
}

function renewal(until: LocalDate, judging: Judging): Said {
  const opens = addDays(until, -judging.policy.expiry.noticeDays)
  if (judging.today >= opens)
    return ['WB-036', 'met', `Renews the variance that ends ${dayText(until, judging)}.`]
  return [
    'WB-036',
    'note',
    `One of this kind counts until ${dayText(until, judging)}; this one takes its place from its first day.`,
  ]
}

function drought({ draft, policy }: Judging): Said[] {
  const { fromStage, suspends } = policy.drought
  if (!suspends.includes(draft.kind)) return []
  if (policy.stage >= fromStage)
    return [
      [
        'WB-039',
        'refused',
        `Drought stage ${policy.stage} is declared: none are granted from stage ${fromStage} on.`,
      ],
    ]
  return [
    [
      'WB-039',
      'met',
      policy.stage === 0 ? 'No drought stage is declared.' : `Drought stage ${policy.stage} allows it.`,
    ],
  ]
}

/** WB-033, WB-034: from its decision on; what reaches back, and who may let it. */
function period(judging: Judging): Said[] {
  const { draft, today, policy, mayBackdate } = judging
  if (policy.reachBack.includes(draft.kind)) return []
  if (draft.fromOn && draft.untilOn && draft.untilOn <= draft.fromOn)
    return [['WB-034', 'refused', 'It ends before it begins.']]
  if (draft.untilOn && draft.untilOn <= today)
    return [
      [
        'WB-034',
        'refused',
        `It would have ended ${dayText(draft.untilOn, judging)}: past bills are not changed.`,
      ],
    ]
  if (!draft.fromOn || draft.fromOn >= today) return [['WB-034', 'met', 'It counts from its decision on.']]
  const says = `It would begin ${dayText(draft.fromOn, judging)}, in the past`
  return mayBackdate
    ? [['WB-034', 'note', `${says}; a Supervisor may allow that.`]]
    : [['WB-034', 'refused', `${says}: only a Supervisor may allow that.`]]
}
