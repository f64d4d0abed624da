import type { Input } from '@curbstop/kernel/endpoint'
import { metering } from '@curbstop/server/contract/staff'
import { FieldRow, NumberField, Select, TextField } from '@curbstop/ui'
import { useState } from 'react'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useDo } from '../shell/ask.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useWords } from '../shell/words.ts'
import type { MeterCard } from './MeterFacts.tsx'

type Meter = Input<typeof metering.addMeter>
const kinds: readonly Meter['kind'][] = ['displacement', 'compound', 'turbine', 'ultrasonic', 'fire-detector']
const units: readonly Meter['registers'][number]['unit'][] = ['cf', 'gal', 'ccf', 'l', 'kl']

type AddProps = {
  /** The meter that goes out: the new one is most often like it. */
  like: MeterCard
  onAdded: (serial: string) => void
  onClose: () => void
}

/** Takes a new meter into the records, before it can be hung. */
export function AddMeterDialog({ like, onAdded, onClose }: AddProps) {
  const t = useWords('metering')
  const refresh = useRefreshArea('metering')
  const asked = useDo(metering.addMeter)
  const first = like.registers[0]
  const [serial, setSerial] = useState('')
  const [make, setMake] = useState(like.make)
  const [size, setSize] = useState(like.size)
  const [kind, setKind] = useState(like.kind)
  const [unit, setUnit] = useState(first?.unit ?? 'cf')
  const [dials, setDials] = useState<number | null>(first?.dials ?? 6)
  const [multiplier, setMultiplier] = useState(first?.multiplier ?? '1')
  const submit = () => {
    if (dials === null) return
    const numbers = kind === 'compound' ? [1, 2] : [1]
    asked.mutate(
      {
        serial,
        make,
        size,
        kind,
        registers: numbers.map(registerNo => ({ registerNo, unit, dials, multiplier })),
      },
      {
        onSuccess: () => {
          refresh()
          onAdded(serial.trim())
        },
      },
    )
  }
  return (
    <ActForm
      title={t('add.title')}
      doIt={t('add.do')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['serial', 'make', 'size', 'kind', 'registers.0.dials', 'registers.0.multiplier']}
    >
      <TextField label={t('add.serial')} name="serial" value={serial} onChange={setSerial} autoFocus />
      <FieldRow>
        <TextField label={t('add.make')} name="make" value={make} onChange={setMake} />
        <TextField
          label={t('add.size')}
          name="size"
          description={t('add.sizeHelp')}
          value={size}
          onChange={setSize}
        />
      </FieldRow>
      <Select
        label={t('add.kind')}
        name="kind"
        options={kinds.map(id => ({ id, label: t(`kind.${id}`) }))}
        value={kind}
        onChange={setKind}
        {...(kind === 'compound' ? { description: t('add.compoundHelp') } : {})}
      />
      <FieldRow>
        <Select
          label={t('add.unit')}
          options={units.map(id => ({ id, label: t(`unit.${id}`) }))}
          value={unit}
          onChange={setUnit}
        />
        <NumberField
          label={t('add.dials')}
          name="registers.0.dials"
          decimals={0}
          min={3}
          max={12}
          value={dials}
          onChange={setDials}
        />
        <TextField
          label={t('add.multiplier')}
          name="registers.0.multiplier"
          inputMode="decimal"
          value={multiplier}
          onChange={setMultiplier}
        />
      </FieldRow>
    </ActForm>
  )
}
