export type Options = { readonly accounts: number }

/** `baseline` and `ratio` are null where there is nothing bare to compare with. */
export type Figure = {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly baseline: number | null
  readonly ratio: number | null
}

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1000) / 1000

export function print(figures: readonly Figure[]): void {
  for (const { name, value, unit, baseline, ratio } of figures) {
    console.log(
      JSON.stringify({
        name,
        value: rounded(value),
        unit,
        baseline: rounded(baseline),
        ratio: rounded(ratio),
      }),
    )
  }
}

/** Nearest rank: the smallest value that at least the share `p` of all values does not exceed. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * p) - 1)] ?? Number.NaN
}
