import type { ReactNode } from 'react'
import { classes, type Tone } from './classes.ts'
import { useStrings } from './UiProvider.tsx'

export type SplitPart = { id: string; label: string; value: number | bigint; text: ReactNode; tone?: Tone }

/** A whole and its parts as one bar with every part named below it: money by age. */
export function SplitBar({ label, parts }: { label: string; parts: readonly SplitPart[] }) {
  const shown = parts.filter(part => part.value > 0)
  const fill = (part: SplitPart) => `cs-fill-${part.value > 0 ? (part.tone ?? 'action') : 'quiet'}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" aria-label={label}>
      <div className="cs-split-bar" aria-hidden="true">
        {shown.map(part => (
          <span
            key={part.id}
            className={classes('cs-split-part', fill(part))}
            style={{ flexGrow: Number(part.value) }}
          />
        ))}
        {shown.length === 0 && <span className="cs-split-part cs-fill-quiet" style={{ flexGrow: 1 }} />}
      </div>
      <ul className="cs-split-legend">
        {parts.map(part => (
          <li key={part.id}>
            <i className={fill(part)} aria-hidden="true" />
            {part.label} <b>{part.text}</b>
          </li>
        ))}
      </ul>
    </div>
  )
}

export type MeterProps = {
  label: string
  value: number
  max: number
  text?: string
  tone?: Tone
  hideText?: boolean
}

/** How full something is. */
export function Meter({ label, value, max, text, tone = 'action', hideText }: MeterProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    <span className="cs-meter">
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> cannot be drawn alike in every browser */}
      <span
        className="cs-meter-track"
        role="meter"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuetext={text}
      >
        <span className={classes('cs-meter-fill', `cs-fill-${tone}`)} style={{ width: `${share * 100}%` }} />
      </span>
      {text && !hideText && <span aria-hidden="true">{text}</span>}
    </span>
  )
}

/** How likely a cause is, from 0 to 1: always beside the words that say why. */
export function LikelihoodBar({ share, label }: { share: number; label?: string }) {
  const strings = useStrings()
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <span className="cs-likelihood" role="img" aria-label={label ?? strings.likelihood(percent)}>
      <span style={{ width: `${Math.max(4, percent)}%` }} />
    </span>
  )
}
