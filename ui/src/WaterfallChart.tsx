import type { Cents } from '@curbstop/kernel/money'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { svgText } from './chartExport.ts'
import { classes } from './classes.ts'
import { saveText } from './csv.ts'
import { LinkButton } from './Link.tsx'
import { useStrings } from './UiProvider.tsx'
import { nextMark } from './UsageDrawing.tsx'
import { useWidth } from './useWidth.ts'
import { type WaterfallBar, waterfallBars } from './waterfallLayout.ts'

export type WaterfallStep = {
  id: string
  label: string
  cents: Cents
  /** Figures × price = dollars, and where the rule stands. */
  explanation: ReactNode
}

export type WaterfallProps = {
  /** "Why is it $212.40?" */
  title: string
  start: WaterfallStep
  steps: readonly WaterfallStep[]
  end: WaterfallStep
  /** Beside the title: "$64.30 more than last bill". */
  note?: ReactNode
  height?: number
  fileName?: string
  defaultOpen?: string
}

/** From one total to another, change by change; every bar opens to its arithmetic below. */
export function WaterfallChart(props: WaterfallProps) {
  const strings = useStrings()
  const ids = useId()
  const [room, width] = useWidth<HTMLDivElement>(760)
  const svg = useRef<SVGSVGElement>(null)
  const all = [props.start, ...props.steps, props.end]
  const [openId, setOpenId] = useState<string | null>(props.defaultOpen ?? null)
  const [stop, setStop] = useState(0)
  const height = props.height ?? 196
  const tight = all.some(step => step.label.length * 5.8 > width / all.length)
  const axisBand = tight ? 33 : 22
  const bars = waterfallBars(props, { width, top: 22, bottom: height - axisBand })
  const open = all.find(step => step.id === openId)
  const toggle = (id: string) => setOpenId(current => (current === id ? null : id))

  const onKeyDown = (event: KeyboardEvent<SVGGElement>, index: number) => {
    const next = nextMark(event.key, index, all.length)
    if (next !== null) {
      setStop(next)
      event.currentTarget.parentElement?.querySelector<SVGElement>(`[data-point="${next}"]`)?.focus()
    } else if (event.key === 'Enter' || event.key === ' ') toggle(all[index]!.id)
    else if (event.key === 'Escape' && openId) setOpenId(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <figure className="cs-chart" aria-labelledby={`${ids}-title`}>
      <div className="cs-chart-head">
        <figcaption id={`${ids}-title`} className="cs-section-title">
          {props.title}
        </figcaption>
        {props.note && <span className="cs-quiet cs-small">{props.note}</span>}
        <span className="cs-chart-tools">
          <LinkButton
            onPress={() =>
              svg.current &&
              saveText(
                `${props.fileName ?? 'change'}.svg`,
                svgText(svg.current, props.title),
                'image/svg+xml',
              )
            }
          >
            {strings.download}
          </LinkButton>
        </span>
      </div>
      <div ref={room}>
        {/* biome-ignore lint/a11y/useSemanticElements: an SVG is no fieldset */}
        <svg
          ref={svg}
          className="cs-svg"
          viewBox={`0 0 ${width} ${height}`}
          height={height}
          role="group"
          aria-labelledby={`${ids}-title`}
        >
          <line className="cs-svg-axis" x1={0} x2={width} y1={bars[0]!.zeroY} y2={bars[0]!.zeroY} />
          {bars.map((bar, index) => (
            <WaterfallMark key={all[index]!.id} bar={bar} next={bars[index + 1]} label={all[index]!.label} />
          ))}
          {bars.map((bar, index) => {
            const step = all[index]!
            return (
              // biome-ignore lint/a11y/useSemanticElements: an SVG holds no <button>
              <g
                key={step.id}
                className="cs-point cs-point-opens"
                data-point={index}
                role="button"
                tabIndex={index === stop ? 0 : -1}
                aria-label={`${step.label}: ${bar.text}`}
                aria-expanded={openId === step.id}
                aria-controls={openId === step.id ? `${ids}-open` : undefined}
                onClick={() => toggle(step.id)}
                onFocus={() => setStop(index)}
                onKeyDown={event => onKeyDown(event, index)}
              >
                <rect
                  className="cs-bar-hit"
                  x={bar.slotX + 1}
                  y={1}
                  width={bar.slot - 2}
                  height={height - 2}
                />
              </g>
            )
          })}
        </svg>
      </div>
      <div id={`${ids}-open`} aria-live="polite">
        {open && (
          <div className="cs-explanation">
            <strong>{`${open.label} ${bars[all.indexOf(open)]!.text}`}</strong> {open.explanation}
          </div>
        )}
      </div>
    </figure>
  )
}

function WaterfallMark({
  bar,
  next,
  label,
}: {
  bar: WaterfallBar
  next: WaterfallBar | undefined
  label: string
}) {
  const middle = bar.slotX + bar.slot / 2
  const words = label.length * 5.8 > bar.slot ? splitLabel(label) : [label]
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a <g> without a tabIndex takes no focus
    <g aria-hidden="true">
      <rect
        className={classes(
          bar.kind === 'total' ? 'cs-bar-cost' : bar.kind === 'more' ? 'cs-bar-amber' : 'cs-bar-less',
        )}
        x={bar.x}
        y={bar.y}
        width={bar.width}
        height={Math.max(1.5, bar.height)}
      />
      {next && (
        <line className="cs-line-link" x1={bar.x + bar.width} x2={next.x} y1={bar.levelY} y2={bar.levelY} />
      )}
      <text className="cs-svg-strong" x={middle} y={bar.y - 6} textAnchor="middle">
        {bar.text}
      </text>
      {words.map((word, line) => (
        <text key={word} x={middle} y={bar.baseY + 14 + line * 11} textAnchor="middle">
          {word}
        </text>
      ))}
    </g>
  )
}

/** A label that is too wide stands in two lines, parted at the space nearest to its middle. */
function splitLabel(label: string): string[] {
  const spaces = Array.from(label.matchAll(/ /g), match => match.index)
  const middle = label.length / 2
  const at = spaces.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0]
  return at === undefined ? [label] : [label.slice(0, at), label.slice(at + 1)]
}
