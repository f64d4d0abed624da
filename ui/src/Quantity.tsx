export type QuantityProps = {
  value: number | bigint | string
  unit: string
  decimals?: number
  /** The same amount in a second unit, shown quietly beside it. */
  second?: { value: number | bigint | string; unit: string }
  signed?: boolean
}

/** A number as people read it: thousands parted, fixed decimals where asked; text passes as it stands. */
export function formatNumber(value: number | bigint | string, decimals?: number): string {
  if (typeof value === 'string') return value
  const style =
    decimals === undefined
      ? { maximumFractionDigits: 2 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return new Intl.NumberFormat('en-US', style).format(value)
}

/** A measured amount with its unit, and the same in a second unit beside it. */
export function Quantity({ value, unit, decimals, second, signed }: QuantityProps) {
  const text = formatNumber(value, decimals)
  return (
    <span className="cs-quantity">
      {signed && !text.startsWith('-') ? `+${text}` : text.replace(/^-/, '−')}
      <span className="cs-quantity-unit"> {unit}</span>
      {second && (
        <span className="cs-quantity-second">{` · ${formatNumber(second.value)} ${second.unit}`}</span>
      )}
    </span>
  )
}
