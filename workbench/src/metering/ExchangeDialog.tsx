import type { LocalDate } from '@curbstop/kernel/dates'
import { metering } from '@curbstop/server/contract/staff'
import { Checkbox, ComboBox, DateField, LinkButton, TextField, useToast, useUi } from '@curbstop/ui'
import { useDeferredValue, useState } from 'react'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useAsk, useDo } from '../shell/ask.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useWords } from '../shell/words.ts'
import { AddMeterDialog } from './AddMeterDialog.tsx'
import { DialFields, dialsOf, isDial } from './DialFields.tsx'
import type { MeterCard } from './MeterFacts.tsx'
import { HazardList } from './tests/HazardList.tsx'

/** Old meter out with its last read, new meter in with its first. */
export function ExchangeDialog({ meter, onClose }: { meter: MeterCard; onClose: () => void }) {
  const t = useWords('metering')
  const { today } = useUi()
  const toasts = useToast()
  const refresh = useRefreshArea('metering', 'reports')
  const asked = useDo(metering.exchangeMeter)
  const [exchangedOn, setOn] = useState<LocalDate | null>(today)
  const [outValues, setOut] = useState<Readonly<Record<number, string>>>({})
  const [isUnknown, setUnknown] = useState(false)
  const [newSerial, setSerial] = useState<string | null>(null)
  const [inValues, setIn] = useState<Readonly<Record<number, string>>>({})
  const [reason, setReason] = useState('')
  const [isAdding, setAdding] = useState(false)
  const registers = useNewRegisters(newSerial)
  const tests = useWords('meterTests')
  const place = useAsk(metering.getPlaceHistory, { servicePointId: meter.servicePointId })
  const isWhole =
    (isUnknown || meter.registers.every(one => isDial(outValues[one.registerNo] ?? ''))) &&
    registers.every(one => isDial(inValues[one.registerNo] ?? ''))
  const submit = () => {
    if (!exchangedOn || !newSerial || !isWhole) return
    asked.mutate(
      {
        servicePointId: meter.servicePointId,
        exchangedOn,
        outValues: isUnknown ? null : dialsOf(meter.registers, outValues),
        newSerial,
        inValues: dialsOf(registers, inValues),
        reason,
      },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('exchange.done', { serial: newSerial }) })
          onClose()
        },
      },
    )
  }
  return (
    <>
      <ActForm
        title={t('exchange.title', { serial: meter.serial })}
        doIt={t('exchange.do')}
        {...{ onSubmit: submit, onClose, asked }}
        fields={['exchangedOn', 'newSerial', 'reason']}
      >
        <HazardList title={tests('history.hazards')} hazards={place.data?.hazards ?? []} />
        <DateField
          label={t('exchange.on')}
          name="exchangedOn"
          value={exchangedOn}
          onChange={setOn}
          autoFocus
          {...(today ? { max: today } : {})}
        />
        {!isUnknown && (
          <DialFields
            registers={meter.registers}
            values={outValues}
            onChange={setOut}
            one={t('exchange.out')}
            many={no => t('exchange.outOf', { no })}
          />
        )}
        <Checkbox checked={isUnknown} onChange={setUnknown}>
          {t('exchange.outUnknown')}
        </Checkbox>
        <SerialField value={newSerial} onChange={setSerial} />
        <LinkButton onPress={() => setAdding(true)}>{t('exchange.addNew')}</LinkButton>
        <DialFields
          registers={registers}
          values={inValues}
          onChange={setIn}
          one={t('exchange.in')}
          many={no => t('exchange.inOf', { no })}
        />
        <TextField label={t('exchange.reason')} name="reason" value={reason} onChange={setReason} />
      </ActForm>
      {isAdding && (
        <AddMeterDialog
          like={meter}
          onAdded={serial => {
            setSerial(serial)
            setAdding(false)
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  )
}

type SerialProps = { value: string | null; onChange: (serial: string | null) => void }

function SerialField({ value, onChange }: SerialProps) {
  const t = useWords('metering')
  const [typed, setTyped] = useState('')
  const serial = useDeferredValue(typed.trim())
  const found = useAsk(metering.findMeters, { serial }, { enabled: serial.length > 0, keepPrevious: true })
  const rows = serial ? (found.data ?? []) : []
  return (
    <ComboBox
      label={t('exchange.newSerial')}
      name="newSerial"
      description={t('exchange.newSerialHelp')}
      options={rows.map(row => ({
        id: row.serial,
        label: row.serial,
        description: `${row.make} · ${row.size}`,
        disabledReason: row.servicePointId ? t('exchange.elsewhere') : null,
      }))}
      value={value}
      onChange={onChange}
      onSearch={setTyped}
      defaultText={value ?? ''}
    />
  )
}

/** Registers of the new meter once it is chosen; one of the usual kind until then. */
function useNewRegisters(serial: string | null) {
  const found = useAsk(metering.findMeters, { serial: serial ?? '' }, { enabled: serial !== null })
  const meterId = found.data?.find(row => row.serial === serial)?.meterId
  const meter = useAsk(
    metering.getMeter,
    { meterId: meterId ?? (1n as NonNullable<typeof meterId>) },
    { enabled: meterId !== undefined },
  )
  return meter.data?.registers ?? []
}
