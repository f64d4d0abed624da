import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { FieldRow, SegmentedControl, TextField } from '@curbstop/ui'
import type { View } from '../accounts/view.ts'
import { useWords } from '../shell/words.ts'

export type ReadsDraft = {
  readonly unit: 'gal' | 'cf'
  readonly first: string
  readonly firstAt: string
  readonly second: string
  readonly secondAt: string
}

const clockNow = (): string => {
  const now = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(now.getHours())}:${two(now.getMinutes())}`
}

/** The meter of this account says what its dial counts. */
export function emptyReads(view: View): ReadsDraft {
  const unit = view.meters[0]?.registers[0]?.unit === 'gal' ? 'gal' : 'cf'
  return { unit, first: '', firstAt: clockNow(), second: '', secondAt: '' }
}

/** Reads for the server, or null while something is missing. A second time before the first is the day after. */
export function readsOf(reads: ReadsDraft, today: LocalDate) {
  const clock = /^([01]?\d|2[0-3]):?([0-5]\d)$/
  const first = clock.exec(reads.firstAt.trim())
  const second = clock.exec(reads.secondAt.trim())
  if (!first || !second || !reads.first.trim() || !reads.second.trim()) return null
  const at = (match: RegExpExecArray): number =>
    new Date(`${today}T${match[1]!.padStart(2, '0')}:${match[2]}:00`).getTime()
  const [from, to] = [at(first), at(second)]
  const instant = (ms: number) => new Date(ms).toISOString() as Instant
  return {
    unit: reads.unit,
    first: reads.first.trim().replaceAll(',', ''),
    firstAt: instant(from),
    second: reads.second.trim().replaceAll(',', ''),
    secondAt: instant(to < from ? to + 86_400_000 : to),
  }
}

/** Two reads without use in between, each with its time on the wall. */
export function TwoReads({ reads, onChange }: { reads: ReadsDraft; onChange: (next: ReadsDraft) => void }) {
  const t = useWords('investigations')
  return (
    <div className="cs-stack">
      <SegmentedControl
        small
        label={t('leak.unit')}
        options={(['gal', 'cf'] as const).map(id => ({ id, label: t(`leak.units.${id}`) }))}
        value={reads.unit}
        onChange={unit => onChange({ ...reads, unit })}
      />
      {(['first', 'second'] as const).map(which => (
        <FieldRow key={which}>
          <TextField
            label={t(`leak.${which}Read`)}
            inputMode="decimal"
            value={reads[which]}
            onChange={text => onChange({ ...reads, [which]: text })}
          />
          <TextField
            label={t(`leak.${which}At`)}
            placeholder="14:05"
            value={reads[`${which}At`]}
            onChange={text => onChange({ ...reads, [`${which}At`]: text })}
          />
        </FieldRow>
      ))}
    </div>
  )
}
