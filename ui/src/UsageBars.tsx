import { classes } from './classes.ts'
import { formatNumber } from './Quantity.tsx'
import {
  type Axis,
  centerOf,
  type EventPlace,
  linePath,
  type PaymentMark,
  type Plot,
  stepPath,
  type UsagePoint,
  yOf,
} from './usageLayout.ts'

/** Gridlines and figures of the axis. */
export function UsageAxis({ plot, axis }: { plot: Plot; axis: Axis }) {
  return axis.ticks.map(tick => (
    <g key={tick}>
      <line
        className={tick === 0 ? 'cs-svg-axis' : 'cs-svg-grid'}
        x1={plot.left}
        x2={plot.right}
        y1={yOf(plot, axis, tick)}
        y2={yOf(plot, axis, tick)}
      />
      <text x={plot.left - 6} y={yOf(plot, axis, tick) + 4} textAnchor="end">
        {formatNumber(tick)}
      </text>
    </g>
  ))
}

/** The scale at the right for what is not use. */
export function SecondaryAxis({ plot, axis, label }: { plot: Plot; axis: Axis; label: string }) {
  return (
    <g>
      {axis.ticks
        .filter(tick => tick > 0)
        .map(tick => (
          <text key={tick} x={plot.right + 6} y={yOf(plot, axis, tick) + 4}>
            {formatNumber(tick)}
          </text>
        ))}
      <text x={plot.right + 6} y={yOf(plot, axis, 0) + 4}>
        {label}
      </text>
    </g>
  )
}

/** One period's bars: last year a little behind and to the right, this year in front. */
export function UsageBar(props: { plot: Plot; axis: Axis; point: UsagePoint; index: number; hatch: string }) {
  const { plot, axis, point, index } = props
  const bar = (value: number, shift: number) => ({
    x: centerOf(plot, index) - plot.bar / 2 + shift,
    y: yOf(plot, axis, value),
    width: plot.bar,
    height: Math.max(0, plot.bottom - yOf(plot, axis, value)),
  })
  const behind = Math.min(5, plot.slot * 0.14)
  return (
    <>
      {point.lastYear != null && <rect className="cs-bar-last-year" {...bar(point.lastYear, behind)} />}
      {point.value != null && (
        <rect
          className={point.estimated ? 'cs-bar-estimated' : point.highlighted ? 'cs-bar-amber' : 'cs-bar-use'}
          fill={point.estimated ? `url(#${props.hatch})` : undefined}
          {...bar(point.value, point.lastYear == null ? 0 : -behind / 3)}
        />
      )}
    </>
  )
}

/** Hatching for an estimate: seen without colour, on paper too. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="cs-hatch-ground" />
        <line x1="1" y1="0" x2="1" y2="6" className="cs-hatch-line" />
      </pattern>
    </defs>
  )
}

/** What is usual as a pale field behind the bars, comparable users as a dotted stair over them. */
export function UsageBand({ plot, axis, points }: { plot: Plot; axis: Axis; points: readonly UsagePoint[] }) {
  return points.map(({ id, band }, index) =>
    band ? (
      <g key={id}>
        <rect
          className="cs-band"
          x={plot.left + plot.slot * index}
          y={yOf(plot, axis, Math.min(band.high, axis.top))}
          width={plot.slot}
          height={Math.max(1, yOf(plot, axis, band.low) - yOf(plot, axis, Math.min(band.high, axis.top)))}
        />
        {band.high <= axis.top && (
          <path
            className="cs-line-band"
            d={`M${plot.left + plot.slot * index} ${yOf(plot, axis, band.high)}h${plot.slot}`}
          />
        )}
      </g>
    ) : null,
  )
}

export function UsagePeers({
  plot,
  axis,
  points,
}: {
  plot: Plot
  axis: Axis
  points: readonly UsagePoint[]
}) {
  const path = stepPath(
    plot,
    axis,
    points.map(({ peer }) => (peer != null && peer <= axis.top ? peer : null)),
  )
  return <path className="cs-line-peers" d={path} />
}

/** Budget as a stair over the bars, the second figure as a dotted line. */
export function UsageLines(props: { plot: Plot; axis: Axis; second: Axis; points: readonly UsagePoint[] }) {
  const { plot, axis, second, points } = props
  const budget = stepPath(
    plot,
    axis,
    points.map(point => point.budget),
  )
  const line = linePath(
    plot,
    second,
    points.map(point => point.secondary),
  )
  return (
    <>
      <path className="cs-line-ground" d={budget} />
      <path className="cs-line-ground" d={line} />
      <path className="cs-line-budget" d={budget} />
      <path className="cs-line-secondary" d={line} />
    </>
  )
}

/** Pins over the day something happened. */
export function UsageEvents({ plot, events }: { plot: Plot; events: readonly EventPlace[] }) {
  return events.map(event => (
    <g key={event.id}>
      <line
        className={classes('cs-line-event', event.tone === 'amber' && 'cs-line-event-amber')}
        x1={event.x}
        x2={event.x}
        y1={5 + Math.max(0, event.row) * 12}
        y2={plot.bottom}
      />
      <path
        className={event.tone === 'amber' ? 'cs-event-pin-amber' : 'cs-event-pin'}
        d={`M${event.x - 3.5} ${3 + Math.max(0, event.row) * 12}h7l-3.5 5z`}
      />
      {event.row >= 0 && (
        <text
          className={event.tone === 'amber' ? 'cs-svg-amber' : undefined}
          x={event.textX}
          y={9 + event.row * 12}
          textAnchor={event.anchor}
        >
          {event.label}
        </text>
      )}
    </g>
  ))
}

/** Disc, half disc, cross, ring: the shape says it, the colour repeats it. */
export function PaymentDot({ mark, x, y }: { mark: PaymentMark; x: number; y: number }) {
  const r = 4.5
  if (mark === 'on-time') return <circle className="cs-paid-on-time" cx={x} cy={y} r={r} />
  if (mark === 'open') return <circle className="cs-paid-open" cx={x} cy={y} r={r - 0.5} />
  if (mark === 'late') {
    return (
      <g className="cs-paid-late">
        <circle cx={x} cy={y} r={r} fill="none" strokeWidth="1.2" />
        <path d={`M${x} ${y - r}a${r} ${r} 0 0 0 0 ${2 * r}z`} />
      </g>
    )
  }
  const d = 3.6
  return (
    <path
      className="cs-paid-missed"
      d={`M${x - d} ${y - d}l${2 * d} ${2 * d}M${x + d} ${y - d}l${-2 * d} ${2 * d}`}
    />
  )
}
