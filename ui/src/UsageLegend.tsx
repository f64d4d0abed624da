import type { ReactNode } from 'react'
import type { UiStrings } from './strings.ts'
import type { UsagePoint } from './usageLayout.ts'

function Mark({ children }: { children: ReactNode }) {
  return (
    <svg className="cs-svg-mark" width="16" height="10" viewBox="0 0 16 10" aria-hidden="true">
      {children}
    </svg>
  )
}

/** Only what is drawn is named. */
export function UsageLegend({ points, names }: { points: readonly UsagePoint[]; names: UiStrings['chart'] }) {
  const has = (test: (point: UsagePoint) => boolean) => points.some(test)
  return (
    <ul className="cs-legend">
      <li>
        <Mark>
          <rect className="cs-bar-use" x="4" width="10" height="10" />
        </Mark>
        {names.value}
      </li>
      {has(point => point.lastYear != null) && (
        <li>
          <Mark>
            <rect className="cs-bar-last-year" x="4" width="10" height="10" />
          </Mark>
          {names.lastYear}
        </li>
      )}
      {has(point => point.band != null) && (
        <li>
          <Mark>
            <rect className="cs-band" x="2" y="1" width="14" height="9" />
            <path className="cs-line-band" d="M2 1h14" />
          </Mark>
          {names.band}
        </li>
      )}
      {has(point => point.peer != null) && (
        <li>
          <Mark>
            <path className="cs-line-peers" d="M0 5h16" />
          </Mark>
          {names.peer}
        </li>
      )}
      {has(point => point.budget != null) && (
        <li>
          <Mark>
            <path className="cs-line-budget" d="M0 5h16" />
          </Mark>
          {names.budget}
        </li>
      )}
      {has(point => point.secondary != null) && (
        <li>
          <Mark>
            <path className="cs-line-secondary" d="M0 5h16" />
          </Mark>
          {names.secondary}
        </li>
      )}
      {has(point => Boolean(point.estimated)) && (
        <li>
          <Mark>
            <rect className="cs-hatch-ground" x="4" width="10" height="10" />
            <path className="cs-hatch-line" d="M4 6l6-6M4 10 14 0M8 10l6-6" />
          </Mark>
          {names.estimated}
        </li>
      )}
    </ul>
  )
}
