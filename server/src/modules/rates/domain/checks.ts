/** The validator's checks of tier lists and of maps that should cover the same customers. */
import type { Report } from './finding.ts'
import { oneSpelling } from './maps.ts'
import { isPart, type RateClass } from './model.ts'
import { tierNames } from './tiers.ts'
import { type Keyword, keywordOf, type Value } from './value.ts'

type Lists = ReadonlyMap<string, readonly Value[]>

/** Every list a part can give, by key (`''` when it is the same for everybody). */
function listsOf(value: Value): Lists {
  if (value.kind === 'list') return new Map([['', value.items]])
  if (value.kind !== 'map') return new Map([['', [value]]])
  return new Map(
    value.entries.map(({ key, value: found }) => [key.text, found.kind === 'list' ? found.items : [found]]),
  )
}

export function checkTiers(rateClass: RateClass, reached: ReadonlyMap<string, string>, report: Report): void {
  for (const part of ['commodity_charge', 'sewer_charge']) {
    const value = rateClass.parts.get(part)
    const keyword = value ? keywordOf(value) : null
    const names = tierNames(rateClass, part)
    if (!keyword || !names) continue
    const used = reached.has(part)
    const absent = [names.starts, names.prices].filter(name => !isPart(rateClass, name))
    for (const name of absent) {
      report(used ? 'error' : 'note', 'tiers-missing', part, `${part} is ${keyword}, but ${name} is missing.`)
    }
    if (absent.length > 0) continue
    const starts = rateClass.parts.get(names.starts)!
    const prices = rateClass.parts.get(names.prices)!
    for (const [key, items] of listsOf(starts)) {
      checkStarts(report, { part: names.starts, key, items, keyword, used })
    }
    checkLengths(report, { starts, prices, part: names.prices, used })
    if (keyword === 'Budget')
      checkBudgetParts(rateClass, report, { starts, part, budget: names.budget, used })
  }
}

type StartList = {
  readonly part: string
  readonly key: string
  readonly items: readonly Value[]
  readonly keyword: Keyword
  readonly used: boolean
}

function checkStarts(report: Report, list: StartList): void {
  const { part, items, keyword, used } = list
  const where = list.key === '' ? '' : ` (for ${list.key})`
  const percent = items.find(item => item.kind === 'text' && item.text.includes('%'))
  if (percent && keyword === 'Tiered') {
    report(
      used ? 'error' : 'note',
      'percent',
      part,
      `A percentage needs a budget, but the charge is Tiered${where}.`,
    )
  }
  const numbers = items.flatMap(item => (item.kind === 'number' ? [item.value] : []))
  const later = numbers.slice(1)
  if (numbers.some((n, i) => i > 0 && n.lte(numbers[i - 1]!))) {
    report('warning', 'not-ascending', part, `The tier starts do not rise, so a tier is empty${where}.`)
  }
  if (keyword !== 'Tiered') return
  if (later.some(n => !n.isInteger())) {
    const message = `A tier starts inside a unit${where}: the format still ends the tier before one whole unit below.`
    report('warning', 'fractional-start', part, message)
  } else if (later.length > 0 && later[0]!.mod(10).isZero()) {
    const message =
      `The second tier starts at ${later[0]}${where}: the format bills unit ${later[0]} at the second price. ` +
      `If it is meant as the last unit of the first tier, write ${later[0]!.plus(1)}.`
    report('note', 'round-start', part, message)
  }
}

type Pair = { readonly starts: Value; readonly prices: Value; readonly part: string; readonly used: boolean }

function checkLengths(report: Report, { starts, prices, part, used }: Pair): void {
  const left = listsOf(starts)
  const right = listsOf(prices)
  const sameNames =
    starts.kind === 'map' && prices.kind === 'map' && starts.dependsOn.join() === prices.dependsOn.join()
  for (const [key, items] of right) {
    const partners = sameNames ? [left.get(key)].filter(list => list !== undefined) : [...left.values()]
    if (partners.length === 0 || partners.some(list => list.length === items.length)) continue
    const where = key === '' ? '' : ` (for ${key})`
    const lengths = [...new Set(partners.map(list => list.length))].join(' or ')
    const all = right.size === 1
    const message = `There are ${lengths} tier starts and ${items.length} tier prices${where}.`
    report(used ? (all ? 'error' : 'warning') : 'note', 'tier-lengths', part, message)
  }
}

type BudgetPlace = {
  readonly starts: Value
  readonly part: string
  readonly budget: string
  readonly used: boolean
}

function checkBudgetParts(
  rateClass: RateClass,
  report: Report,
  { starts, part, budget, used }: BudgetPlace,
): void {
  const items = [...listsOf(starts).values()].flat()
  const shares = items.some(item => item.kind === 'text' && item.text.includes('%'))
  if (shares && used && !rateClass.parts.has(budget) && !rateClass.parts.has(`${budget}_commodity`)) {
    const message = `Its tiers are shares of "${budget}", which is not defined and must come with the customer’s data.`
    report('warning', 'unknown-name', part, message)
  }
  if (items.some(item => item.kind === 'text' && item.text === '101%')) {
    const message =
      '101% moves the end of the tier by 1 % of the budget; "everything above the budget" is 100%.'
    report('note', 'percent-101', part, message)
  }
}

/** A meter size with a service charge but without tiers cannot be billed, and the other way round. */
export function keyCoverage(
  rateClass: RateClass,
  reached: ReadonlyMap<string, string>,
  report: Report,
): void {
  const byNames = new Map<string, { part: string; keys: Set<string> }>()
  for (const [part, value] of rateClass.parts) {
    if (value.kind !== 'map' || value.entries.length === 0 || !reached.has(part)) continue
    const names = value.dependsOn.join(' and ')
    const keys = new Set(value.entries.map(({ key }) => oneSpelling(key.text)))
    const other = byNames.get(names)
    if (!other) {
      byNames.set(names, { part, keys })
      continue
    }
    const lacking = [...other.keys].filter(key => !keys.has(key))
    const more = [...keys].filter(key => !other.keys.has(key))
    if (lacking.length + more.length === 0) continue
    const said = [
      lacking.length > 0 ? `lacks ${lacking.join(', ')}` : '',
      more.length > 0 ? `has ${more.join(', ')} in addition` : '',
    ].filter(Boolean)
    report(
      'warning',
      'map-coverage',
      part,
      `Compared by ${names} with ${other.part}, it ${said.join(' and ')}.`,
    )
  }
}
