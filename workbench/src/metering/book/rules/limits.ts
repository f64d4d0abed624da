/** The numbers of a rule, as they are tried and set. Pure. */
export const tunable = ['VEE-011', 'VEE-012', 'VEE-013', 'VEE-016'] as const
export type Tunable = (typeof tunable)[number]

export const isTunable = (rule: string): rule is Tunable => (tunable as readonly string[]).includes(rule)

export type Limits = Readonly<Record<string, number>>

/** A rule of one number has it under `value`; of others only the numbers are limits. */
export function limitsOf(value: unknown): Limits {
  if (typeof value === 'number') return { value }
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
}

export const sameLimits = (a: Limits, b: Limits | null): boolean =>
  b !== null && Object.keys(a).every(name => a[name] === b[name])

/** Decided by people, and how much of that let the read stand: 0 to 1; null while nothing is decided. */
export function overruledShare({ overruled, upheld }: { overruled: number; upheld: number }): number | null {
  return overruled + upheld === 0 ? null : overruled / (overruled + upheld)
}
