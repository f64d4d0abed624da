import { type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { SegmentedControl } from './Choices.tsx'
import { svgText } from './chartExport.ts'
import { saveText } from './csv.ts'
import { LinkButton } from './Link.tsx'
import type { UiStrings } from './strings.ts'
import { useStrings } from './UiProvider.tsx'
import { UsageDrawing } from './UsageDrawing.tsx'
import { UsageLegend } from './UsageLegend.tsx'
import { UsageTable, usageCsv } from './UsageTable.tsx'
import type { UsageEvent, UsagePoint } from './usageLayout.ts'
import { usageSentence } from './usageSentence.ts'
import { useWidth } from './useWidth.ts'

export type UsageChartNames = Partial<
  Pick<
    UiStrings['chart'],
    'value' | 'lastYear' | 'band' | 'peer' | 'budget' | 'secondary' | 'estimated' | 'payments'
  >
>

export type UsageChartProps = {
  /** A question or its answer: "Use a day, gallons, 24 months". */
  title: string
  points: readonly UsagePoint[]
  events?: readonly UsageEvent[]
  /** Said after every figure: `gal a day`. */
  unit: string
  units?: readonly { id: string; label: string }[]
  unitId?: string
  onUnitChange?: (id: string) => void
  names?: UsageChartNames
  secondaryUnit?: string
  height?: number
  /** File name of exports, without its ending. */
  fileName?: string
  /** Stands in the chart's place while there is no period at all. */
  empty?: ReactNode
  /** Enter or a click on a period. */
  onOpen?: (point: UsagePoint) => void
}

/**
 * Use per day, period by period, from zero: this year before last year's grey, the budget as a dashed stair, a second
 * figure on its own scale, estimates hatched, events pinned, payments under the bars. Arrow keys read every period;
 * the table says the same; both can be taken away.
 */
export function UsageChart(props: UsageChartProps) {
  const { points, unit, onOpen } = props
  const strings = useStrings()
  const names = { ...strings.chart, ...props.names }
  const titleId = useId()
  const [room, width] = useWidth<HTMLDivElement>(760)
  const svg = useRef<SVGSVGElement>(null)
  const [asTable, setAsTable] = useState(false)
  const [hovered, setHovered] = useState<number | null>(null)
  const [focused, setFocused] = useState<number | null>(null)
  const read = hovered ?? focused
  const events = useMemo(() => props.events ?? [], [props.events])
  const say = (point: UsagePoint) =>
    usageSentence(point, events, { names, unit, secondaryUnit: props.secondaryUnit ?? '' })
  const file = props.fileName ?? 'use'
  const shown = points[read ?? points.length - 1]

  return (
    <figure className="cs-chart" aria-labelledby={titleId}>
      <div className="cs-chart-head">
        <figcaption id={titleId} className="cs-section-title">
          {props.title}
        </figcaption>
        {!asTable && points.length > 0 && <UsageLegend points={points} names={names} />}
        <span className="cs-chart-tools" hidden={points.length === 0}>
          {props.units && props.unitId && props.onUnitChange && (
            <SegmentedControl
              small
              label={names.unit}
              options={props.units}
              value={props.unitId}
              onChange={props.onUnitChange}
            />
          )}
          <LinkButton onPress={() => setAsTable(!asTable)}>
            {asTable ? strings.asChart : strings.asTable}
          </LinkButton>
          {asTable ? (
            <LinkButton
              onPress={() => saveText(`${file}.csv`, usageCsv({ points, events, names, unit }), 'text/csv')}
            >
              {strings.downloadCsv}
            </LinkButton>
          ) : (
            <LinkButton
              onPress={() =>
                svg.current && saveText(`${file}.svg`, svgText(svg.current, props.title), 'image/svg+xml')
              }
            >
              {strings.download}
            </LinkButton>
          )}
        </span>
      </div>
      {points.length === 0 ? (
        <div className="cs-quiet">{props.empty ?? strings.chart.empty}</div>
      ) : asTable ? (
        <UsageTable label={props.title} points={points} events={events} names={names} unit={unit} />
      ) : (
        <>
          <div ref={room}>
            <UsageDrawing
              svg={svg}
              label={props.title}
              points={points}
              events={events}
              names={names}
              width={width}
              height={props.height ?? 236}
              say={say}
              onOpen={onOpen}
              onHover={setHovered}
              onFocusPoint={setFocused}
            />
          </div>
          <p
            className="cs-readout cs-no-print"
            data-resting={read === null ? '' : undefined}
            aria-live={focused === null ? 'off' : 'polite'}
          >
            {shown && say(shown)}
          </p>
        </>
      )}
    </figure>
  )
}
