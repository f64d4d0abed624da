import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { classes } from './classes.ts'
import type { UiStrings } from './strings.ts'
import {
  Hatch,
  PaymentDot,
  SecondaryAxis,
  UsageAxis,
  UsageBand,
  UsageBar,
  UsageEvents,
  UsageLines,
  UsagePeers,
} from './UsageBars.tsx'
import {
  centerOf,
  labelBand,
  placeEvents,
  plotOf,
  type UsageEvent,
  type UsagePoint,
  zeroAxis,
} from './usageLayout.ts'

export type UsageDrawingProps = {
  svg: RefObject<SVGSVGElement | null>
  label: string
  points: readonly UsagePoint[]
  events: readonly UsageEvent[]
  names: UiStrings['chart']
  width: number
  height: number
  say: (point: UsagePoint) => string
  onOpen: ((point: UsagePoint) => void) | undefined
  onHover: (index: number | null) => void
  onFocusPoint: (index: number | null) => void
}

/** Moves a roving focus along a row of marks; Home and End jump. */
export function nextMark(key: string, at: number, count: number): number | null {
  const places: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: count - 1 }
  const to = places[key]
  return to === undefined || to < 0 || to >= count ? null : to
}

/** The drawing itself; every period is one stop of a roving focus with its whole sentence as its name. */
export function UsageDrawing(props: UsageDrawingProps) {
  const { points, width, height, names, onOpen } = props
  const hatch = useId()
  const [stop, setStop] = useState<number | null>(null)
  // One stop of the Tab key; the last period is the one that is asked about.
  const at = Math.max(0, Math.min(stop ?? points.length - 1, points.length - 1))
  const hasPayments = points.some(point => point.payment)
  const hasSecondary = points.some(point => point.secondary != null)
  const plot = plotOf(points.length, {
    width,
    height,
    payments: hasPayments,
    secondary: hasSecondary,
    events: props.events.length,
  })
  const axis = zeroAxis(Math.max(0, ...points.flatMap(p => [p.value ?? 0, p.lastYear ?? 0, p.budget ?? 0])))
  const second = zeroAxis(Math.max(0, ...points.map(point => point.secondary ?? 0)), 3)
  const paymentY = plot.bottom + labelBand + 13

  const onKeyDown = (event: KeyboardEvent<SVGGElement>, index: number) => {
    const next = nextMark(event.key, index, points.length)
    if (next !== null) {
      setStop(next)
      event.currentTarget.parentElement?.querySelector<SVGElement>(`[data-point="${next}"]`)?.focus()
    } else if ((event.key === 'Enter' || event.key === ' ') && onOpen) onOpen(points[index]!)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG is no fieldset
    <svg
      ref={props.svg}
      className="cs-svg"
      viewBox={`0 0 ${width} ${height}`}
      height={height}
      role="group"
      aria-label={`${props.label}. ${names.keysHint}`}
    >
      <Hatch id={hatch} />
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a <g> without a tabIndex takes no focus */}
      <g aria-hidden="true">
        <UsageAxis plot={plot} axis={axis} />
        {hasSecondary && <SecondaryAxis plot={plot} axis={second} label={names.secondary} />}
        <UsageBand plot={plot} axis={axis} points={points} />
        {points.map((point, index) => (
          <UsageBar key={point.id} plot={plot} axis={axis} point={point} index={index} hatch={hatch} />
        ))}
        <UsageLines plot={plot} axis={axis} second={second} points={points} />
        <UsagePeers plot={plot} axis={axis} points={points} />
        <UsageEvents plot={plot} events={placeEvents(plot, points, props.events)} />
        {hasPayments && (
          <text x={plot.left - 6} y={paymentY + 4} textAnchor="end">
            {names.payments}
          </text>
        )}
        {points.map((point, index) => (
          <g key={point.id}>
            {(points.length - 1 - index) % plot.every === 0 && (
              <text x={centerOf(plot, index)} y={plot.bottom + 14} textAnchor="middle">
                {point.label}
              </text>
            )}
            {point.payment && <PaymentDot mark={point.payment.mark} x={centerOf(plot, index)} y={paymentY} />}
          </g>
        ))}
      </g>
      {points.map((point, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: its role is one of two, both stops of the roving focus
        <g
          key={point.id}
          className={classes('cs-point', onOpen && 'cs-point-opens')}
          data-point={index}
          role={onOpen ? 'button' : 'img'}
          tabIndex={index === at ? 0 : -1}
          aria-label={point.title}
          onKeyDown={event => onKeyDown(event, index)}
          onClick={() => onOpen?.(point)}
          onMouseEnter={() => props.onHover(index)}
          onMouseLeave={() => props.onHover(null)}
          onFocus={() => {
            setStop(index)
            props.onFocusPoint(index)
          }}
          onBlur={() => props.onFocusPoint(null)}
        >
          <rect
            className="cs-bar-hit"
            x={plot.left + plot.slot * index + 0.5}
            y={plot.top - 4}
            width={Math.max(1, plot.slot - 1)}
            height={height - plot.top + 3}
          />
        </g>
      ))}
    </svg>
  )
}
