/** One sentence a step, with the figures in it. */
import { formatDollars } from '@curbstop/kernel/money'
import { type Decimal, type RatedService, readDecimal } from '../../../rates/domain/index.ts'
import { figureOf, serviceName, signedDollars, unitNames, unitsText } from '../words.ts'
import { citeOf, figure, told } from './delta-parts.ts'
import type { Change, StepDelta } from './deltas.ts'
import { sayRates } from './rates-sentence.ts'
import type { BillDelta, DeltaCode, FigureText, Telling } from './told.ts'
import { sayUse, sumUse } from './use-sentence.ts'

export function sayStep(change: Change, delta: StepDelta, telling: Telling): BillDelta[] {
  switch (delta.step) {
    case 'days':
      return [sayDays(change, delta, telling)]
    case 'use':
      return sayUse(change, delta, telling)
    case 'persons':
      return [
        sayBudget(delta, telling, {
          code: 'persons',
          label: 'People',
          names: ['hhsize', 'number_dwelling_units'],
          granted: ['indoor_extra_gpd', 'indoor_factor', 'persons_per_unit'],
        }),
      ]
    case 'area':
      return [
        sayBudget(delta, telling, {
          code: 'area',
          label: 'Irrigated area',
          names: ['irr_area', 'irrigated_area'],
          granted: ['outdoor_extra_gpd', 'outdoor_factor'],
        }),
      ]
    case 'weather':
      return [
        sayBudget(delta, telling, {
          code: 'weather',
          label: 'Weather and season',
          names: ['et_amount', 'season'],
        }),
      ]
    case 'rates':
      return [sayRates(delta, telling)]
    case 'sewer-average':
      return [sayWinterAverage(delta, telling)]
    case 'service':
      return []
  }
}

function sayDays({ before, now }: Change, { cents, moves }: StepDelta, telling: Telling): BillDelta {
  const unit = unitNames[telling.unit]
  const [from, to] = [unitsText(sumUse(moves, 'was')), unitsText(sumUse(moves, 'is'))]
  const same = from === to ? '' : ` At the same daily use that is ${from} → ${to} ${unit}.`
  return {
    code: 'days',
    label: `${before.days} → ${now.days} days`,
    cents,
    sentence: `${now.days} days instead of ${before.days}.${same}`,
    arithmetic: `${from} ${unit} ÷ ${before.days} days × ${now.days} days = ${to} ${unit}; ${signedDollars(cents)}`,
    figures: [figure('Days', `${before.days} → ${now.days}`), figure('Use', `${from} → ${to}`, unit)],
    citation: 'WB-011',
    told: told('days', { daysBefore: before.days, daysNow: now.days, dollars: signedDollars(cents) }),
  }
}

type BudgetWords = {
  code: DeltaCode
  label: string
  names: readonly string[]
  /** Names that stand in a bill only when something was granted. */
  granted?: readonly string[]
}

/** People, area and weather all act through the water budget. */
function sayBudget({ cents, moves }: StepDelta, telling: Telling, words: BudgetWords): BillDelta {
  const unit = unitNames[telling.unit]
  const figures: FigureText[] = []
  for (const { was, is } of moves) {
    for (const name of words.names) {
      const [from, to] = [inputIn(was, name), inputIn(is, name)]
      if (from !== null && to !== null && from !== to)
        figures.push(figure(words.label, `${from} → ${to}`, unitOf(name)))
    }
    for (const name of words.granted ?? []) {
      const [from, to] = [inputIn(was, name) ?? 'none', inputIn(is, name) ?? 'none']
      if (from !== to) figures.push(grantedFigure(name, `${from} → ${to}`, telling))
    }
    const [from, to] = [budgetIn(was), budgetIn(is)]
    if (from && to && from !== to) figures.push(figure('Water budget', `${from} → ${to}`, unit))
  }
  const first = figures[0]
  const budget = figures.find(one => one.name === 'Water budget')
  const cause = first ? `${first.name} ${first.value}${first.unit ? ` ${first.unit}` : ''}` : words.label
  const effect = budget && budget !== first ? `: water budget ${budget.value} ${unit}` : ''
  const then = cents > 0n ? 'the same use falls into dearer tiers' : 'the same use falls into cheaper tiers'
  return {
    code: words.code,
    label: words.label,
    cents,
    sentence: `${cause}${effect}, so ${then}.`,
    arithmetic: `${figures.map(one => `${one.name} ${one.value}`).join('; ')}; rated again: ${signedDollars(cents)}`,
    figures: unique(figures),
    citation: citeOf(moves, telling),
    told: told(words.code, {
      change: first?.value ?? '',
      budget: budget?.value ?? '',
      unit,
      dollars: signedDollars(cents),
    }),
  }
}

const grantedFigure = (name: string, value: string, { unit }: Telling): FigureText =>
  figureOf(name, value, unit)

const unitOf = (name: string): string | null =>
  name === 'et_amount' ? 'inches' : name.startsWith('irr') ? 'sq ft' : null

const unique = (figures: readonly FigureText[]): FigureText[] => [
  ...new Map(figures.map(one => [`${one.name} ${one.value}`, one])).values(),
]

/** An input over all pieces: weather is added up, the rest is the same in each. */
function inputIn(rated: RatedService, name: string): string | null {
  const values = rated.pieces
    .map(piece => piece.inputs[name])
    .filter(value => value !== undefined && value !== null)
  if (values.length === 0) return null
  if (name !== 'et_amount') return String(values[0])
  return values.reduce<Decimal>((sum, value) => sum.plus(readDecimal(value) ?? 0), readDecimal(0)!).toFixed(2)
}

function budgetIn(rated: RatedService): string | null {
  const budgets = rated.pieces.map(piece => piece.components.budget ?? piece.components.budget_commodity)
  if (budgets.some(budget => !budget)) return null
  return unitsText(budgets.reduce<Decimal>((sum, budget) => sum.plus(budget!), readDecimal(0)!))
}

function sayWinterAverage({ cents, moves }: StepDelta, telling: Telling): BillDelta {
  const unit = unitNames[telling.unit]
  const move = moves.find(one => inputIn(one.was, 'winter_average') !== inputIn(one.is, 'winter_average'))
  const from = move ? (inputIn(move.was, 'winter_average') ?? '—') : '—'
  const to = move ? (inputIn(move.is, 'winter_average') ?? '—') : '—'
  return {
    code: 'sewer-average',
    label: 'Sewer winter average',
    cents,
    sentence: `The winter average behind the sewer charge is now ${to} ${unit} instead of ${from}.`,
    arithmetic: `winter average ${from} → ${to} ${unit}; sewer rated again: ${signedDollars(cents)}`,
    figures: [figure('Winter average', `${from} → ${to}`, unit)],
    citation: move ? citeOf([move], telling) : null,
    told: told('sewer-average', { before: from, now: to, unit, dollars: signedDollars(cents) }),
  }
}

/** Services that began or ended, another meter size or class. */
export function sayService({ matched }: Change, { cents, moves }: StepDelta, telling: Telling): BillDelta[] {
  const sizes = moves
    .map(({ was, is }) => [inputIn(was, 'meter_size'), inputIn(is, 'meter_size')] as const)
    .filter(([from, to]) => from !== to)
  const said = [
    ...matched.added.map(side => `${serviceName(side.service)} is new (${formatDollars(side.cents)})`),
    ...matched.gone.map(side => `${serviceName(side.service)} ended (${formatDollars(-side.cents)})`),
    ...sizes.map(([from, to]) => `the meter is ${to ?? 'none'} instead of ${from ?? 'none'}`),
  ]
  const sentence = said.length > 0 ? `${said.join('; ')}.` : 'Other facts of the service changed.'
  return [
    {
      code: 'service',
      label: 'Services and meter',
      cents,
      sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1),
      arithmetic: `${said.join(' + ') || 'rated again'} = ${signedDollars(cents)}`,
      figures: [],
      citation: citeOf(moves, telling),
      told: told('service', { dollars: signedDollars(cents) }),
    },
  ]
}

export const sayUnproved = (cents: bigint): BillDelta => ({
  code: 'other',
  label: 'Not explained',
  cents,
  sentence: `A stored bill differs by ${signedDollars(cents)} from what its stored facts give. Tell billing before you explain this bill.`,
  arithmetic: `stored change less rated change = ${signedDollars(cents)}`,
  figures: [],
  citation: null,
  told: told('other', { dollars: signedDollars(cents) }),
})
