import type { LocalDate } from '@curbstop/kernel/dates'
import type { Output } from '@curbstop/kernel/endpoint'
import type { Cents } from '@curbstop/kernel/money'
import type { billing } from '@curbstop/server/contract/staff'
import {
  Checkbox,
  DateField,
  formatNumber,
  IconButton,
  LocalDateText,
  Money,
  NumberField,
  TextField,
} from '@curbstop/ui'
import type { ReactNode } from 'react'
import { useWords } from '../shell/words.ts'
import type { Bill } from './BillLines.tsx'
import type { ScenarioDraft } from './what-if-draft.ts'

type Answer = Output<typeof billing.whatIf>
type Rated = Answer['scenarios'][number]

type TableProps = {
  drafts: readonly ScenarioDraft[]
  answer: Answer | undefined
  billUnit: string
  irrigatedSqft: number | null
  latest: Bill | null
  onChange: (id: number, part: Partial<ScenarioDraft>) => void
  onRemove: ((id: number) => void) | null
  isStale: boolean
}

/** The worlds side by side: what changes above, what comes of it below. */
export function WhatIfTable(props: TableProps) {
  const t = useWords('billing')
  const { drafts, answer, onChange, onRemove } = props
  return (
    <div className="wb-what-if-scroll">
      <table className="wb-what-if-table" aria-busy={props.isStale}>
        <colgroup>
          <col />
          <col />
          {drafts.map(draft => (
            <col key={draft.id} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('whatIf.actual')}</th>
            {drafts.map((draft, index) => (
              <th key={draft.id} scope="col">
                <span className="wb-what-if-name">
                  <TextField
                    label={t('whatIf.rename', { no: index + 1 })}
                    hideLabel
                    value={draft.name}
                    onChange={name => onChange(draft.id, { name })}
                    maxLength={60}
                  />
                  {onRemove && (
                    <IconButton
                      small
                      icon="close"
                      label={t('whatIf.remove', { name: draft.name })}
                      onPress={() => onRemove(draft.id)}
                    />
                  )}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <FieldRows {...props} />
        {answer && <ResultRows answer={answer} drafts={drafts} />}
      </table>
    </div>
  )
}

function FieldRows({ drafts, answer, billUnit, irrigatedSqft, latest, onChange }: TableProps) {
  const t = useWords('billing')
  const actual = answer?.actual
  const row = (
    label: string,
    billed: ReactNode,
    field: (draft: ScenarioDraft, name: string) => ReactNode,
  ) => (
    <tr>
      <th scope="row">{label}</th>
      <td>{billed}</td>
      {drafts.map(draft => (
        <td key={draft.id}>{field(draft, t('whatIf.of', { field: label, name: draft.name }))}</td>
      ))}
    </tr>
  )
  const numbers = (key: 'usageUnits' | 'persons' | 'irrigatedSqft', decimals: number) =>
    function field(draft: ScenarioDraft, label: string) {
      return (
        <NumberField
          label={label}
          hideLabel
          optional
          min={0}
          decimals={decimals}
          value={draft[key]}
          onChange={value => onChange(draft.id, { [key]: value })}
        />
      )
    }
  const dates = (key: 'fromOn' | 'toOn' | 'ratesOn') =>
    function field(draft: ScenarioDraft, label: string) {
      return (
        <DateField
          label={label}
          hideLabel
          optional
          value={draft[key]}
          onChange={value => onChange(draft.id, { [key]: value })}
        />
      )
    }
  const day = (on: LocalDate | undefined) => (on ? <LocalDateText date={on} short /> : '')
  return (
    <tbody>
      {row(
        t('whatIf.field.usageUnits', { unit: billUnit.toUpperCase() }),
        actual?.usageUnits,
        numbers('usageUnits', 4),
      )}
      {row(t('whatIf.field.persons'), actual?.persons, numbers('persons', 0))}
      {row(
        t('whatIf.field.irrigatedSqft'),
        formatNumber(actual?.irrigatedSqft ?? irrigatedSqft ?? ''),
        numbers('irrigatedSqft', 0),
      )}
      {row(t('whatIf.field.fromOn'), day(latest?.fromOn), dates('fromOn'))}
      {row(t('whatIf.field.toOn'), day(latest?.toOn), dates('toOn'))}
      {row(t('whatIf.field.ratesOn'), day(latest?.toOn), dates('ratesOn'))}
      {row(t('whatIf.field.isLeakFixed'), '', (draft, label) => (
        <Checkbox checked={draft.isLeakFixed} onChange={isLeakFixed => onChange(draft.id, { isLeakFixed })}>
          <span className="cs-sr">{label}</span>
        </Checkbox>
      ))}
    </tbody>
  )
}

function ResultRows({ answer, drafts }: { answer: Answer; drafts: readonly ScenarioDraft[] }) {
  const t = useWords('billing')
  const { actual } = answer
  const rated = drafts.map((_, index) => answer.scenarios[index])
  const row = (label: string, billed: ReactNode, cell: (one: Rated) => ReactNode, strong = false) => (
    <tr className={strong ? 'wb-what-if-strong' : undefined}>
      <th scope="row">{label}</th>
      <td>{billed}</td>
      {rated.map((one, index) => (
        <td key={drafts[index]!.id}>{one ? cell(one) : ''}</td>
      ))}
    </tr>
  )
  const money = (cents: Cents | null) => (cents === null ? '–' : <Money cents={cents} column />)
  const change = (cents: Cents | null) =>
    cents === null ? (
      '–'
    ) : cents === 0n ? (
      <Money cents={cents} column tone="quiet" />
    ) : (
      <Money cents={cents} signed column tone={cents > 0n ? 'amber' : cents < 0n ? 'green' : 'quiet'} />
    )
  return (
    <tbody className="wb-what-if-results">
      {row(
        t('whatIf.result.budget', { unit: answer.billUnit.toUpperCase() }),
        tenths(actual.budgetUnits),
        one => tenths(one.budgetUnits),
      )}
      {row(t('whatIf.result.total'), money(actual.totalCents), one => money(one.totalCents), true)}
      {row(t('whatIf.result.difference'), '', one => change(one.differenceCents))}
      {row(t('whatIf.result.next'), '', one => money(one.nextBillCents))}
      {row(t('whatIf.result.year'), money(actual.yearCents), one => money(one.yearCents))}
      {row(t('whatIf.result.yearDifference'), '', one => change(one.yearDifferenceCents))}
      <tr className="wb-what-if-said">
        <th scope="row">{t('whatIf.assumptions')}</th>
        <td>{actual.tariffs.join(', ')}</td>
        {rated.map((one, index) => (
          <td key={drafts[index]!.id}>
            {one?.refusal && <p className="cs-tone-red">{one.refusal}</p>}
            {one?.assumptions.map(text => (
              <p key={text}>{text}</p>
            ))}
          </td>
        ))}
      </tr>
    </tbody>
  )
}

const tenths = (units: string | null): string => (units === null ? '–' : formatNumber(Number(units), 1))
