import { type Cents, formatCents } from '@curbstop/kernel/money'
import { classes, type Tone } from './classes.ts'
import { useStrings } from './UiProvider.tsx'

export type MoneyProps = {
  cents: Cents
  /** Leaves out the dollar sign, for columns that carry it in their heading. */
  bare?: boolean
  /** `+3.20` for changes. */
  signed?: boolean
  /** Keeps room for a closing parenthesis so that a column's digits line up. */
  column?: boolean
  large?: boolean
  tone?: Tone
}

/** Cents as paper prints them: `$1,204.50`, negative in parentheses; ears hear "minus". */
export function Money({ cents, bare, signed, column, large, tone }: MoneyProps) {
  const strings = useStrings()
  const amount = `${bare ? '' : '$'}${formatCents(cents < 0n ? -cents : cents)}`
  const className = classes(
    'cs-money',
    column && (cents >= 0n || signed) && 'cs-money-column',
    large && 'cs-money-large',
    tone && `cs-tone-${tone}`,
  )
  if (signed) {
    return <span className={className}>{`${cents < 0n ? '−' : '+'}${amount}`}</span>
  }
  if (cents >= 0n) return <span className={className}>{amount}</span>
  return (
    <span className={className}>
      <span aria-hidden="true">{`(${amount})`}</span>
      <span className="cs-sr">{strings.minus(amount)}</span>
    </span>
  )
}
