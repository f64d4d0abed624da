import type { Output } from '@curbstop/kernel/endpoint'
import type { ServicePointId } from '@curbstop/kernel/ids'
import { metering } from '@curbstop/server/contract/staff'
import { formatDate, formatNumber, TextField, useUi } from '@curbstop/ui'
import { useEffect } from 'react'
import { useAsk, useRehearsal } from '../../shell/ask.ts'
import { useMay } from '../../shell/session.ts'
import { useWords } from '../../shell/words.ts'
import { type HandOverDraft, isDigits } from './draft.ts'
import type { ReadsProps } from './MoveHandOver.tsx'

type Meter = Output<typeof metering.getMeters>[number]
type PointProps = ReadsProps & { servicePointId: ServicePointId; service: string }

/** The registers of the meter at one service point, each checked as it is typed. */
export function PointReads({ servicePointId, service, draft, onChange }: PointProps) {
  const t = useWords('move')
  const { strings, today } = useUi()
  const meters = useAsk(metering.getMeters, { servicePointId })
  const meter = meters.data?.[0]
  const check = useReadCheck(meter, draft, onChange)
  if (meters.data && !meter) return <p className="cs-quiet">{`${service}: ${t('noMeter')}`}</p>
  return meter?.registers.map(({ registerNo, dials }, index) => {
    const place = placeOf(meter, registerNo)
    const text = draft.values[place] ?? ''
    const last = meter.lastRead?.values.find(one => one.registerNo === registerNo)
    const facts = { service, serial: meter.serial, no: registerNo }
    const isWrong = text.trim() !== '' && !isDigits(text)
    const refusal = index === 0 && draft.refused[place] ? (check.error?.message ?? null) : null
    const notes = [
      last && meter.lastRead
        ? t('lastRead', {
            value: formatNumber(last.value),
            on: formatDate(meter.lastRead.readOn, strings, { today }),
            dials,
          })
        : t('noLastRead', { dials }),
      ...(index === 0 ? (check.data?.checks.map(one => one.says) ?? []) : []),
      ...(index === 0 && isOnRecord(meter, draft) ? [t('readKnown')] : []),
    ]
    return (
      <TextField
        key={place}
        label={meter.registers.length > 1 ? t('meterRegister', facts) : t('meterRead', facts)}
        inputMode="numeric"
        value={text}
        onChange={next => onChange({ ...draft, values: { ...draft.values, [place]: next } })}
        error={isWrong ? t('digits') : refusal}
        description={notes.join(' ')}
      />
    )
  })
}

const placeOf = (meter: Meter, registerNo: number): string => `${meter.servicePointId}:${registerNo}`

/** Who left today was read today: the same figure on the same day is that read, and the new bill begins at it. */
function isOnRecord(meter: Meter, draft: HandOverDraft): boolean {
  const { lastRead, registers } = meter
  if (!lastRead || lastRead.readOn !== draft.readOn) return false
  return registers.every(({ registerNo }) => {
    const text = (draft.values[placeOf(meter, registerNo)] ?? '').trim()
    const known = lastRead.values.find(one => one.registerNo === registerNo)
    return known !== undefined && isDigits(text) && BigInt(text) === BigInt(known.value)
  })
}

/**
 * Asks metering what it would say of this read, half a second after the last key: the hand-over read is taken by
 * metering after the move is made, so a read it would refuse must be seen before.
 */
function useReadCheck(
  meter: Meter | undefined,
  draft: HandOverDraft,
  onChange: (draft: HandOverDraft) => void,
) {
  const mayRead = useMay('metering.read')
  const check = useRehearsal(metering.enterRead)
  const texts = meter?.registers.map(one => (draft.values[placeOf(meter, one.registerNo)] ?? '').trim()) ?? []
  const isWhole = texts.length > 0 && texts.every(isDigits)
  const isNew = isWhole && meter !== undefined && !isOnRecord(meter, draft)
  const text = isNew && mayRead ? `${draft.readOn} ${draft.by} ${texts.join(' ')}` : null
  const mark = (isRefused: boolean) => {
    if (!meter?.registers[0]) return
    const place = placeOf(meter, meter.registers[0].registerNo)
    if ((draft.refused[place] ?? false) !== isRefused)
      onChange({ ...draft, refused: { ...draft.refused, [place]: isRefused } })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` stands for the read that is checked
  useEffect(() => {
    check.reset()
    mark(false)
    if (!text || !meter || !draft.readOn) return
    const read = {
      meterId: meter.meterId,
      readOn: draft.readOn,
      kind: draft.by,
      source: draft.by === 'customer' ? ('customer' as const) : ('office' as const),
      knowsUnusual: true, // a use far above the usual is said here, and billing's to look at: it stops no move
      values: meter.registers.map((one, at) => ({
        registerNo: one.registerNo,
        value: BigInt(texts[at]!),
      })),
    }
    const timer = setTimeout(() => check.mutate(read), 400)
    return () => clearTimeout(timer)
  }, [text])
  const isRefused = check.error !== null && check.error.status >= 400 && check.error.status < 500
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new answer marks the draft
  useEffect(() => {
    if (check.isSuccess || check.isError) mark(isRefused)
  }, [check.isSuccess, check.isError])
  return check
}
