import type { Output } from '@curbstop/kernel/endpoint'
import type { metering } from '@curbstop/server/contract/staff'
import { TextField } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'

type Register = Output<typeof metering.getMeters>[number]['registers'][number]
type Values = Readonly<Record<number, string>>

export const isDial = (text: string): boolean => /^\d{1,15}$/.test(text.trim())

export const dialsOf = (registers: readonly Pick<Register, 'registerNo'>[], values: Values) =>
  registers.map(({ registerNo }) => ({ registerNo, value: BigInt((values[registerNo] ?? '0').trim()) }))

type DialProps = {
  registers: readonly Pick<Register, 'registerNo' | 'dials'>[]
  values: Values
  onChange: (values: Values) => void
  /** The label when there is one register, and that of each when there are several. */
  one: string
  many: (no: number) => string
  autoFocus?: boolean
}

/** One field a register, as the digits stand on the dial. */
export function DialFields({ registers, values, onChange, one, many, autoFocus }: DialProps) {
  const t = useWords('metering')
  return registers.map(({ registerNo, dials }, index) => {
    const text = values[registerNo] ?? ''
    const isWrong = text.trim() !== '' && !isDial(text)
    return (
      <TextField
        key={registerNo}
        label={registers.length > 1 ? many(registerNo) : one}
        inputMode="numeric"
        value={text}
        onChange={next => onChange({ ...values, [registerNo]: next })}
        error={isWrong ? t('enter.wrong') : null}
        description={t('enter.help', { dials })}
        autoFocus={Boolean(autoFocus && index === 0)}
      />
    )
  })
}
