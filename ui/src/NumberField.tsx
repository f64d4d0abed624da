import { formatCents, parseDollars } from '@curbstop/kernel/money'
import { EntryField, type Reading } from './EntryField.tsx'
import type { FieldProps } from './Field.tsx'
import { formatNumber } from './Quantity.tsx'
import type { UiStrings } from './strings.ts'
import { useStrings } from './UiProvider.tsx'

export type NumberFieldProps = FieldProps & {
  value: number | null
  onChange: (value: number | null) => void
  min?: number
  max?: number
  step?: number
  /** 0 takes whole numbers only. */
  decimals?: number
  unit?: string
}

type Bounds = { min?: number | undefined; max?: number | undefined; decimals?: number | undefined }

/** What a hand types for a number: thousands may be parted by commas. */
export function readNumber(text: string, bounds: Bounds, strings: UiStrings): Reading<number> {
  const typed = text.trim().replaceAll(',', '').replace('−', '-')
  if (typed === '') return { value: null }
  if (!/^-?(\d{1,15}(\.\d*)?|\.\d+)$/.test(typed)) return { wrong: strings.numberWrong }
  const value = Number(typed)
  if (bounds.decimals === 0 && !Number.isInteger(value)) return { wrong: strings.wholeNumberWrong }
  if (bounds.min !== undefined && value < bounds.min)
    return { wrong: strings.numberBelow(formatNumber(bounds.min)) }
  if (bounds.max !== undefined && value > bounds.max)
    return { wrong: strings.numberAbove(formatNumber(bounds.max)) }
  return { value }
}

/** A number; arrows up and down step it. */
export function NumberField({ min, max, step = 1, decimals, unit, ...props }: NumberFieldProps) {
  const strings = useStrings()
  const clamp = (value: number) => Math.min(max ?? value, Math.max(min ?? value, Number(value.toFixed(6))))
  return (
    <EntryField<number>
      {...props}
      end
      inputMode={decimals === 0 ? 'numeric' : 'decimal'}
      suffix={unit}
      read={text => readNumber(text, { min, max, decimals }, strings)}
      write={value => value.toLocaleString('en-US', { maximumFractionDigits: decimals ?? 6 })}
      step={(value, direction) => clamp((value ?? min ?? 0) + (value === null ? 0 : step * direction))}
    />
  )
}

export type MoneyFieldProps = FieldProps & {
  value: bigint | null
  onChange: (cents: bigint | null) => void
  /** Lets a minus through; money paid and owed is positive otherwise. */
  negative?: boolean
}

/** Dollars as text, cents as value; never a float in between. */
export function MoneyField({ negative, ...props }: MoneyFieldProps) {
  const strings = useStrings()
  const read = (text: string): Reading<bigint> => {
    if (text.trim() === '') return { value: null }
    const cents = parseDollars(text)
    if (cents === null || (cents < 0n && !negative)) return { wrong: strings.moneyWrong }
    return { value: cents }
  }
  return <EntryField<bigint> {...props} end inputMode="decimal" prefix="$" read={read} write={formatCents} />
}
