import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { classes, type Tone } from './classes.ts'
import { Icon, type IconName } from './Icon.tsx'
import { useStrings } from './UiProvider.tsx'

/** A word with a tone: state of an order, kind of a read. The word carries the meaning, the colour only helps. */
export function Badge({
  children,
  tone = 'quiet',
  icon,
}: {
  children: ReactNode
  tone?: Tone
  icon?: IconName
}) {
  return (
    <span className={classes('cs-badge', `cs-badge-${tone}`)}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  )
}

const toneIcons: Record<Exclude<Tone, 'action'>, IconName> = {
  quiet: 'note',
  amber: 'warning',
  red: 'stop',
  green: 'check',
}

export type AlertProps = {
  tone?: Exclude<Tone, 'action'>
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  /** Says itself as soon as it appears: for what just went wrong, not for what was here already. */
  live?: boolean
}

/** Something a person must know here: the title says what, the body why and what to do. */
export function Alert({ tone = 'amber', title, children, actions, live }: AlertProps) {
  const strings = useStrings()
  return (
    <div className={classes('cs-alert', `cs-alert-${tone}`)} role={live ? 'alert' : undefined}>
      <Icon name={toneIcons[tone]} />
      <div className="cs-alert-body">
        <span className="cs-sr">{`${strings.tone[tone]}: `}</span>
        {title && <div className={children ? 'cs-alert-title' : undefined}>{title}</div>}
        {children && <div className={title ? 'cs-alert-detail' : undefined}>{children}</div>}
      </div>
      {actions}
    </div>
  )
}

export type EmptyStateProps = { title: ReactNode; children?: ReactNode; actions?: ReactNode }

/** An empty place that teaches: what would stand here and how it gets here. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className="cs-empty">
      <p className="cs-empty-title">{title}</p>
      {children && <p>{children}</p>}
      {actions && <div className="cs-inline">{actions}</div>}
    </div>
  )
}

/** Lines of the shape of what is coming; shown only after a moment, so quick answers do not flicker. */
export function Skeleton({ lines = 4, label }: { lines?: number; label?: string }) {
  const strings = useStrings()
  const widths = [92, 78, 85, 64, 88, 71]
  return (
    <div className="cs-skeleton cs-skeleton-late" role="status" aria-busy="true">
      <span className="cs-sr">{label ?? strings.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity
        <div key={line} className="cs-skeleton-line" style={{ width: `${widths[line % widths.length]}%` }} />
      ))}
    </div>
  )
}

export type ProgressBarProps = {
  label: string
  done: number
  total: number
  /** Seconds still to go, when that can be told. */
  secondsLeft?: number | null
  /** What is being counted: `bills`. */
  unit?: string
  onCancel?: () => void
}

/** Long work: how much of how much, how long still, and a way to stop it. */
export function ProgressBar({ label, done, total, secondsLeft, unit, onCancel }: ProgressBarProps) {
  const { progress, cancel } = useStrings()
  const share = total > 0 ? Math.min(1, done / total) : 0
  const count = progress.ofTotal(done.toLocaleString('en-US'), total.toLocaleString('en-US'))
  const left = secondsLeft == null ? '' : ` · ${progress.left(duration(secondsLeft, progress))}`
  const figures = `${count}${unit ? ` ${unit}` : ''}${left}`
  return (
    <div className="cs-progress">
      <span className="cs-progress-label">{label}</span>
      <span className="cs-progress-figures">{figures}</span>
      <div
        className="cs-progress-bar"
        role="progressbar"
        aria-label={label}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={figures}
      >
        <div className="cs-progress-fill" style={{ width: `${share * 100}%` }} />
      </div>
      {onCancel && (
        <span className="cs-progress-stop">
          <Button onPress={onCancel}>{cancel}</Button>
        </span>
      )}
    </div>
  )
}

type DurationWords = Record<'seconds' | 'minutes' | 'hours', (count: number) => string>

function duration(seconds: number, words: DurationWords): string {
  if (seconds < 90) return words.seconds(Math.ceil(seconds))
  if (seconds < 5400) return words.minutes(Math.round(seconds / 60))
  return words.hours(Math.round(seconds / 3600))
}
