/** What the bench says of a meter: each run against its bounds, and the accuracy of the meter as a whole. */
import { refuse } from '@curbstop/kernel/errors'
import { errors } from './errors.ts'
import type { PointResult, TestedMeter, TestPoint, TestRun } from './meter-test.ts'
import { type Bounds, type MeterTestRules, sizeKey, testFlowsOf } from './rules.ts'

export const points: readonly TestPoint[] = ['low', 'intermediate', 'high']
/** A run keeps to its flow when it is within this share of it. */
const flowTolerance = 0.1

/** Hundredths of a percent: limits are compared in whole numbers, so that 102.00 is not over 102. */
const twoPlaces = (percent: number): number => Math.round(percent * 100) / 100

/** MTR-001 to MTR-007. Every flow once at least; a run without water is refused. */
export function judgePoints(
  meter: TestedMeter,
  runs: readonly TestRun[],
  rules: MeterTestRules,
): PointResult[] {
  const missing = points.filter(point => !runs.some(run => run.point === point))
  if (missing.length > 0)
    throw refuse(errors, 'metering.test-incomplete', { missing: missing.join(', ') }, 'runs')
  for (const { point, throughGallons } of runs)
    if (!(throughGallons > 0)) throw refuse(errors, 'metering.test-no-water', { point }, 'runs')
  return runs.map(run => judgeRun(meter, run, rules))
}

/** One run by itself, as it is typed: its bounds, its accuracy, whether it kept to its flow. Water must have gone through. */
export function judgeRun(meter: TestedMeter, run: TestRun, rules: MeterTestRules): PointResult {
  const [bounds, rule] = boundsOf(run.point, meter, rules)
  const accuracy = twoPlaces((run.registeredGallons / run.throughGallons) * 100)
  const most = bounds.most ?? Number.POSITIVE_INFINITY
  const expectedGpm = testFlowsOf(meter.size, rules)[points.indexOf(run.point)] ?? null
  const mostFlow = rules.mostFlow[sizeKey(meter.size)] ?? null
  return {
    ...run,
    accuracy,
    ...{ least: bounds.least, most, rule, expectedGpm },
    passed: accuracy >= bounds.least && accuracy <= most,
    flowFits: expectedGpm === null || Math.abs(run.gpm - expectedGpm) <= expectedGpm * flowTolerance,
    overRange: mostFlow !== null && run.gpm > mostFlow,
  }
}

function boundsOf(point: TestPoint, meter: TestedMeter, rules: MeterTestRules): readonly [Bounds, string] {
  if (point !== 'low') return [rules.normal, 'MTR-001']
  // a repaired meter may run slower, never faster, than a new one
  if (meter.repaired) return [{ ...rules.lowDisplacement, least: rules.lowRepaired.least }, 'MTR-004']
  if (meter.kind === 'ultrasonic') return [rules.lowUltrasonic, 'MTR-003']
  return [rules.lowDisplacement, 'MTR-002']
}

/** MTR-008: percent, two places. Several runs at one flow count as one. */
export function weightedAccuracyOf(runs: readonly TestRun[], { weighting }: MeterTestRules): number {
  let sum = 0
  let weights = 0
  for (const point of points) {
    const own = runs.filter(run => run.point === point)
    const through = own.reduce((all, run) => all + run.throughGallons, 0)
    const registered = own.reduce((all, run) => all + run.registeredGallons, 0)
    const weight = weighting.method === 'mean' ? 1 : weighting[point]
    sum += weight * (registered / through) * 100
    weights += weight
  }
  return twoPlaces(sum / weights)
}

/** MTR-015: what truly ran. 10,000 registered at 103 % are 9,708.74, not 9,700. */
export const trueUse = (registered: number, accuracyPercent: number): number =>
  registered / (accuracyPercent / 100)
