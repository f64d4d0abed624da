/** What the rules of each kind say: evidence, amounts, how often (WB-022 to WB-032). */
import { addDays, addMonths } from '@curbstop/kernel/dates'
import { shownCount } from './draft.ts'
import { dayText, type Judging, type Said } from './judge-facts.ts'
import { courtesyMonths } from './outcome.ts'
import { evidenceNames } from './words.ts'

export function rulesOfKind(judging: Judging): Said[] {
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
            `A household for a time begins ${dayText(earliest, judging)} at the earliest, ${policy.noticeDays} days after it was told.`,
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
            `The license expires ${dayText(draft.licenseExpiresOn, judging)}, and the variance with it.`,
          ]
        : ['WB-026', 'refused', `The license expired ${dayText(draft.licenseExpiresOn, judging)}.`],
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
            `Planted ${dayText(draft.plantedOn, judging)}: after ${months} months it has taken root.`,
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
    said.push([
      'WB-032',
      'refused',
      `Before this customer came, ${dayText(judging.account.openedOn, judging)}.`,
    ])
  if (lastPoolFillOn && draft.filledOn) {
    const next = addMonths(lastPoolFillOn, 12 * policy.poolYears)
    said.push(
      draft.filledOn >= next
        ? [
            'WB-032',
            'met',
            `The last fill was ${dayText(lastPoolFillOn, judging)}, over ${policy.poolYears} years ago.`,
          ]
        : [
            'WB-032',
            'refused',
            `The last fill was ${dayText(lastPoolFillOn, judging)}; the next is possible from ${dayText(next, judging)}, once in ${policy.poolYears} years.`,
          ],
    )
  } else if (draft.filledOn) said.push(['WB-032', 'met', `No fill in ${policy.poolYears} years.`])
  return said
}
