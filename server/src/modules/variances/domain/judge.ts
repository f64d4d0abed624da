/**
 * What every rule says of a request: the same function while it is typed, on the button and at the decision. It reads
 * no clock and asks nobody; a fact that is not known is `missing`, never guessed.
 */
import { addDays, addMonths, formatDay, type LocalDate } from '@curbstop/kernel/dates'
import { type RuleBook, ruleOf } from '../../policy/domain.ts'
import { type Draft, missingFigures, shownCount } from './draft.ts'
import { courtesyMonths } from './outcome.ts'
import { type VariancePolicy, variancePolicy } from './policy.ts'
import { evidenceNames, type GrantInput, kindNames, type VarianceKind } from './words.ts'

export type Answer = 'met' | 'missing' | 'refused' | 'note'
export type RuleAnswer = {
  readonly code: string
  readonly name: string
  readonly answer: Answer
  readonly says: string
  readonly citation: string
}

export type JudgeFacts = {
  readonly draft: Draft
  readonly today: LocalDate
  readonly requestedOn: LocalDate
  readonly account: { readonly isOpen: boolean; readonly openedOn: LocalDate; readonly isBusiness: boolean }
  readonly place: {
    readonly irrigatedSqft: number
    readonly dwellingUnits: number
    readonly lotSqft: number | null
  }
  /** What the account's rate can take; `area` where it has a landscape budget. */
  readonly takes: ReadonlySet<GrantInput | 'area'>
  readonly personsNow: number
  /** Another of this kind: waiting since, or counting until. */
  readonly activeUntil: LocalDate | null
  readonly lastPoolFillOn: LocalDate | null
  /** A Supervisor may let a variance begin in the past (WB-034). */
  readonly mayBackdate: boolean
}

type Said = readonly [code: string, answer: Answer, says: string]
type Judging = JudgeFacts & { readonly policy: VariancePolicy }

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
  const said = [...common(judging), ...ofKind(judging)]
  return said.map(([code, answer, says]) => {
    const { name, citation } = ruleOf(book, code)
    return { code, name, answer, says, citation }
  })
}

export const isEligible = (rules: readonly RuleAnswer[]): boolean =>
  rules.every(rule => rule.answer === 'met' || rule.answer === 'note')

const day = (on: LocalDate, { today }: Judging): string => formatDay(on, today)

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
    return ['WB-036', 'met', `Renews the variance that ends ${day(until, judging)}.`]
  return [
    'WB-036',
    'note',
    `One of this kind counts until ${day(until, judging)}; this one takes its place from its first day.`,
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
        `It would have ended ${day(draft.untilOn, judging)}: past bills are not changed.`,
      ],
    ]
  if (!draft.fromOn || draft.fromOn >= today) return [['WB-034', 'met', 'It counts from its decision on.']]
  const says = `It would begin ${day(draft.fromOn, judging)}, in the past`
  return mayBackdate
    ? [['WB-034', 'note', `${says}; a Supervisor may allow that.`]]
    : [['WB-034', 'refused', `${says}: only a Supervisor may allow that.`]]
}

function ofKind(judging: Judging): Said[] {
  switch (judging.draft.kind) {
    case 'household':
      return household(judging)
    case 'medical':
      return [shown(judging, 'WB-025', 'doctor-note')]
    case 'care':
      return care(judging)
    case 'animals':
      return animals(judging)
    case 'landscape':
      return landscape(judging)
    case 'new-landscape':
      return newLandscape(judging)
    case 'pool-fill':
      return poolFill(judging)
    case 'disaster':
      return [shown(judging, 'WB-021', 'incident-report', 'other-document')]
    case 'leak':
      return [
        shown(judging, 'WB-021', 'repair-invoice', 'other-document'),
        [
          'WB-034',
          'note',
          'Water a leak lost on past bills is a leak adjustment (AUTH-004), not a variance.',
        ],
      ]
    case 'other':
      return [shown(judging, 'WB-021', 'other-document', 'site-visit')]
  }
}

function shown({ draft }: Judging, code: string, ...kinds: Parameters<typeof shownCount>[1][]): Said {
  const names = kinds.map(kind => evidenceNames[kind]).join(', or ')
  return shownCount(draft, ...kinds) > 0
    ? [
        code,
        'met',
        `Seen: ${kinds
          .filter(kind => shownCount(draft, kind) > 0)
          .map(kind => evidenceNames[kind])
          .join(', ')}.`,
      ]
    : [code, 'missing', `Not seen yet: ${names}.`]
}

function household(judging: Judging): Said[] {
  const { draft, policy, place, personsNow, today } = judging
  const persons = draft.persons ?? 0
  const usual = place.dwellingUnits > 1 ? place.dwellingUnits * policy.personsPerHome : policy.defaultPersons
  const code = place.dwellingUnits > 1 ? 'WB-004' : 'WB-003'
  const said: Said[] = []
  if (draft.persons !== undefined) {
    if (persons === personsNow) said.push([code, 'refused', `The budget counts ${persons} people already.`])
    else if (persons <= usual)
      said.push([code, 'met', `${persons} people need no proof: the class has ${usual} by default.`])
    else
      said.push([
        code,
        'met',
        `${persons} people instead of ${personsNow}; the class has ${usual} by default.`,
      ])
    if (persons > usual) said.push(residency(judging, usual))
  }
  if (draft.untilOn) {
    const from = draft.fromOn ?? today
    const earliest = addDays(judging.requestedOn, policy.noticeDays)
    said.push(
      from >= earliest
        ? ['WB-024', 'met', `Told ${policy.noticeDays} days ahead.`]
        : [
            'WB-024',
            'refused',
            `A household for a time begins ${day(earliest, judging)} at the earliest, ${policy.noticeDays} days after it was told.`,
          ],
    )
  }
  return said
}

function residency({ draft, policy }: Judging, usual: number): Said {
  const persons = draft.persons ?? 0
  const proofs = shownCount(draft, 'residency-proof')
  if (policy.householdEvidence === 'strict')
    return proofs >= persons
      ? ['WB-022', 'met', `${proofs} proofs of residency for ${persons} people.`]
      : ['WB-022', 'missing', `${proofs} of ${persons} proofs of residency; one a person, with this address.`]
  const extra = persons - usual
  if (shownCount(draft, 'names-listed') === 0)
    return ['WB-023', 'missing', `Not seen yet: ${evidenceNames['names-listed']}.`]
  if (extra <= policy.extraWithoutDocuments)
    return ['WB-023', 'met', `${extra} more than the default: names and ages are enough.`]
  return proofs >= extra
    ? ['WB-023', 'met', `${proofs} proofs for ${extra} people over the default.`]
    : ['WB-023', 'missing', `${proofs} of ${extra} proofs of residency for the people over the default.`]
}

function care(judging: Judging): Said[] {
  const { draft, today } = judging
  const said: Said[] = [shown(judging, 'WB-026', 'care-license')]
  if (draft.licenseExpiresOn)
    said.push(
      draft.licenseExpiresOn > today
        ? [
            'WB-026',
            'met',
            `The license expires ${day(draft.licenseExpiresOn, judging)}, and the variance with it.`,
          ]
        : ['WB-026', 'refused', `The license expired ${day(draft.licenseExpiresOn, judging)}.`],
    )
  return said
}

function animals(judging: Judging): Said[] {
  const { draft, policy } = judging
  const pounds = draft.poundsEach
  const heavy: Said[] =
    pounds === undefined
      ? []
      : [
          pounds > policy.leastPounds
            ? ['WB-027', 'met', `${pounds} lb each, over ${policy.leastPounds}.`]
            : ['WB-027', 'refused', `${pounds} lb each: only animals over ${policy.leastPounds} lb count.`],
        ]
  const gallons = (draft.count ?? 0) * policy.animalGallons
  return [
    ...heavy,
    shown(judging, 'WB-027', 'animal-photo'),
    ['WB-028', 'note', `${policy.animalGallons} gallons a day each: ${gallons} in all.`],
  ]
}

function landscape(judging: Judging): Said[] {
  const { draft, place, policy, requestedOn, today } = judging
  const said: Said[] = [shown(judging, 'WB-029', 'landscape-drawing', 'assessor-record')]
  const sqft = draft.irrigatedSqft
  if (sqft === undefined) return said
  if (sqft === place.irrigatedSqft) said.push(['WB-029', 'refused', 'That is the area on record already.'])
  if (place.lotSqft !== null && sqft > place.lotSqft)
    said.push([
      'WB-029',
      'refused',
      `The lot has ${place.lotSqft.toLocaleString('en-US')} sq ft; more cannot be watered.`,
    ])
  const asked = { sqft, irrigatedSqft: place.irrigatedSqft, requestedOn, decidedOn: today }
  const months = courtesyMonths(asked, policy)
  const was = place.irrigatedSqft.toLocaleString('en-US')
  said.push([
    'WB-030',
    'note',
    months > 0
      ? `More than ${policy.areaCredit.overPercent} % over the ${was} sq ft on record: tiers 3 and 4 of ${months === 1 ? 'one month' : `${months} months`} are billed at tier 2.`
      : `Not more than ${policy.areaCredit.overPercent} % over the ${was} sq ft on record: no credit for past bills.`,
  ])
  return said
}

function newLandscape(judging: Judging): Said[] {
  const { draft, policy, today } = judging
  const { percent, months } = policy.newLandscape
  const said: Said[] = [shown(judging, 'WB-031', 'planting-record', 'site-visit')]
  if (draft.plantedOn) {
    const over = addMonths(draft.plantedOn, months)
    said.push(
      over > today
        ? ['WB-031', 'met', `${percent} % more for ${months} months from its first day.`]
        : [
            'WB-031',
            'refused',
            `Planted ${day(draft.plantedOn, judging)}: after ${months} months it has taken root.`,
          ],
    )
  }
  return said
}

function poolFill(judging: Judging): Said[] {
  const { draft, policy, today, lastPoolFillOn } = judging
  const said: Said[] = [shown(judging, 'WB-032', 'pool-record', 'site-visit')]
  if (draft.filledOn && draft.filledOn > today)
    said.push(['WB-032', 'refused', 'The pool is not filled yet: the credit comes after the fill’s bill.'])
  if (draft.filledOn && draft.filledOn < judging.account.openedOn)
    said.push(['WB-032', 'refused', `Before this customer came, ${day(judging.account.openedOn, judging)}.`])
  if (lastPoolFillOn && draft.filledOn) {
    const next = addMonths(lastPoolFillOn, 12 * policy.poolYears)
    said.push(
      draft.filledOn >= next
        ? [
            'WB-032',
            'met',
            `The last fill was ${day(lastPoolFillOn, judging)}, over ${policy.poolYears} years ago.`,
          ]
        : [
            'WB-032',
            'refused',
            `The last fill was ${day(lastPoolFillOn, judging)}; the next is possible from ${day(next, judging)}, once in ${policy.poolYears} years.`,
          ],
    )
  } else if (draft.filledOn) said.push(['WB-032', 'met', `No fill in ${policy.poolYears} years.`])
  return said
}
