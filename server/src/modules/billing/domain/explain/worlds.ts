/**
 * Counterfactual worlds between two bills. Each step takes one group of facts from the new bill and leaves the rest
 * as it was; the order is fixed and told: days → use → people → area → weather → rates → sewer average → the rest.
 */
import { addDays, daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import {
  type Inputs,
  type Num,
  type RatedService,
  rateService,
  readDecimal,
  type ServiceFacts,
  type TariffVersion,
} from '../../../rates/domain/index.ts'
import { grantedNames, inputGroups } from '../inputs.ts'
import type { Pair } from './sides.ts'

export const steps = [
  'days',
  'use',
  'persons',
  'area',
  'weather',
  'rates',
  'sewer-average',
  'service',
] as const
export type Step = (typeof steps)[number]

/** The facts after taking over every step in `taken`. With all of them it is exactly the new bill. */
export function rateWorld(pair: Pair, taken: ReadonlySet<Step>): RatedService {
  const { before, now } = pair
  if (taken.size === steps.length) return rateService(now.facts, now.versions, now.policy)
  if (taken.size === 0) return rateService(before.facts, before.versions, before.policy)
  const own = lengthen(before.facts, taken.has('days') ? lengthOf(now.facts) : lengthOf(before.facts))
  const dated = taken.has('rates')
    ? { from: now.facts.from, to: now.facts.to }
    : { from: own.from, to: own.to }
  const partOf = (taken.has('days') ? now : before).facts.partOf
  const facts: ServiceFacts = {
    ...dated,
    usage: taken.has('use') ? now.facts.usage : own.usage,
    inputs: mixInputs(pair, taken, own.inputs),
    ...weather(taken.has('weather') ? now.facts : own),
    ...(partOf ? { partOf } : {}),
  }
  const versions = taken.has('rates') ? now.versions : stretched(before.versions)
  const policy = taken.has('days') ? now.policy : before.policy
  return rateService(facts, versions, policy)
}

const lengthOf = ({ from, to }: ServiceFacts): number => daysBetween(from, to)
const weather = ({ etByDay }: ServiceFacts) => (etByDay ? { etByDay } : {})

/** The same daily use and the same daily weather over another number of days. */
function lengthen(facts: ServiceFacts, days: number): ServiceFacts {
  const had = lengthOf(facts)
  if (days === had) return facts
  const usage = readDecimal(facts.usage)!.times(days).div(had).toDecimalPlaces(4)
  const et = readDecimal(facts.inputs.et_amount)
  const inputs = et
    ? { ...facts.inputs, et_amount: et.times(days).div(had).toDecimalPlaces(4) }
    : facts.inputs
  const longer = { ...facts, to: addDays(facts.from, days), usage, inputs }
  return facts.etByDay ? { ...longer, etByDay: evenly(facts.etByDay, days) } : longer
}

function evenly(etByDay: readonly Num[], days: number): Num[] {
  let total = readDecimal(0)!
  for (const day of etByDay) total = total.plus(readDecimal(day)!)
  const each = total.div(etByDay.length)
  return Array.from({ length: days }, () => each)
}

function mixInputs({ before, now }: Pair, taken: ReadonlySet<Step>, own: Inputs): Inputs {
  const mixed: Record<string, Inputs[string]> = {}
  for (const name of new Set([...Object.keys(own), ...Object.keys(now.facts.inputs)])) {
    const group = inputGroups[name] ?? 'service'
    // A grant that only one of the bills has: without it the tariff's own default stands.
    if (grantedNames.has(name)) {
      const side = taken.has(group) ? now.facts.inputs : before.facts.inputs
      if (side[name] !== undefined) mixed[name] = side[name]
      continue
    }
    // A name that only one bill's class asks for comes with that class.
    const isNew = taken.has(group) || !(name in before.facts.inputs)
    const value = isNew && name in now.facts.inputs ? now.facts.inputs[name] : own[name]
    if (value !== undefined) mixed[name] = value
  }
  return mixed
}

const always = '1900-01-01' as LocalDate

/** The old rates as if nothing had changed since: the last version goes on, the first began long ago. */
function stretched(versions: readonly TariffVersion[]): TariffVersion[] {
  const sorted = [...versions].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
  return sorted.map((version, i) => ({
    ...version,
    effectiveFrom: i === 0 ? always : version.effectiveFrom,
    effectiveTo: i === sorted.length - 1 ? null : version.effectiveTo,
  }))
}

/** Steps in which the two bills differ at all; the others are not rated. */
export function differingSteps(pairs: readonly Pair[]): Step[] {
  const all = new Set<Step>()
  for (const { before, now } of pairs) {
    const [was, is] = [before.facts, now.facts]
    if (lengthOf(was) !== lengthOf(is) || JSON.stringify(was.partOf) !== JSON.stringify(is.partOf))
      all.add('days')
    if (String(was.usage) !== String(is.usage)) all.add('use')
    if (String(was.etByDay) !== String(is.etByDay)) all.add('weather')
    if (idsOf(before.versions) !== idsOf(now.versions)) all.add('rates')
    for (const name of new Set([...Object.keys(was.inputs), ...Object.keys(is.inputs)])) {
      if (String(was.inputs[name]) !== String(is.inputs[name])) all.add(inputGroups[name] ?? 'service')
    }
  }
  return steps.filter(step => all.has(step))
}

const idsOf = (versions: readonly TariffVersion[]): string =>
  versions.map(({ id, rateClass }) => `${id} ${rateClass.name}`).join()
