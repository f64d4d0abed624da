export type SparklineProps = {
  values: readonly (number | null)[]
  /** What it shows and how it went, in words. */
  label: string
  width?: number
  height?: number
}

/** A run of figures in the height of a line, from zero; the last one has a dot. */
export function Sparkline({ values, label, width = 72, height = 18 }: SparklineProps) {
  const top = Math.max(1e-9, ...values.map(value => value ?? 0))
  const step = (width - 6) / Math.max(1, values.length - 1)
  const place = (value: number, index: number) =>
    [3 + index * step, height - 2 - (value / top) * (height - 5)] as const
  let path = ''
  let pen = false
  values.forEach((value, index) => {
    if (value !== null) {
      const [x, y] = place(value, index)
      path += `${pen ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    }
    pen = value !== null
  })
  const last = values.findLastIndex(value => value !== null)
  const end = last >= 0 ? place(values[last]!, last) : null
  return (
    <svg className="cs-sparkline" width={width} height={height} role="img" aria-label={label}>
      <path d={path} />
      {end && <circle cx={end[0]} cy={end[1]} r={2.2} />}
    </svg>
  )
}
