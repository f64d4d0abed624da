import { Badge } from '@curbstop/ui'
import { useId } from 'react'
import { useWords } from '../shell/words.ts'
import type { CaseView } from './use-case.ts'

type Row = CaseView['fixtures'][number]
type TableProps = {
  rows: readonly Row[]
  billUnit: string
  chosen: string | null
  onChoose: (code: string) => void
}

/** Whole dollars: a range of what a fixture may lose is no bill. */
const dollars = (cents: bigint): number => Math.round(Number(cents) / 100)

/** What fixtures lose, and what that costs on this account; the ones near the unexplained use are marked. */
export function FixtureTable({ rows, billUnit, chosen, onChoose }: TableProps) {
  const t = useWords('investigations')
  const group = useId()
  const range = (low: string | number, high: string | number) =>
    low === high ? String(low) : t('leak.fixtures.range', { low, high })
  return (
    <table className="wb-fixtures" aria-label={t('leak.fixture')}>
      <thead>
        <tr>
          <th scope="col">{t('leak.fixtures.name')}</th>
          <th scope="col">{t('leak.fixtures.perDay')}</th>
          <th scope="col">{t('leak.fixtures.perMonth', { unit: billUnit.toUpperCase() })}</th>
          <th scope="col">{t('leak.fixtures.cost')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.code} title={row.citation}>
            <th scope="row">
              <label className="cs-check">
                <input
                  type="radio"
                  name={group}
                  checked={chosen === row.code}
                  onChange={() => onChoose(row.code)}
                />
                <span>
                  {row.name} {row.fits && <Badge tone="amber">{t('leak.fixtures.fits')}</Badge>}
                </span>
              </label>
            </th>
            <td>{range(row.lowGallonsPerDay, row.highGallonsPerDay)}</td>
            <td>{range(row.lowUnitsPerMonth, row.highUnitsPerMonth)}</td>
            <td>{row.cost && range(dollars(row.cost.lowCents), dollars(row.cost.highCents))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
