import type { LocalDate } from '@curbstop/kernel/dates'
import { useState } from 'react'
import {
  Alert,
  Badge,
  Button,
  type Column,
  DataTable,
  Disclosure,
  EmptyState,
  FactList,
  IconButton,
  LinkButton,
  LocalDateText,
  Money,
  ProgressBar,
  Quantity,
  SearchField,
  Section,
  SegmentedControl,
  Skeleton,
  Tabs,
} from '../src/index.ts'
import { FieldsPart } from './FieldsPart.tsx'
import { OverlaysPart } from './OverlaysPart.tsx'
import { type Account, accounts } from './samples.ts'

const columns: Column<Account>[] = [
  { id: 'id', title: 'Account', cell: row => row.id, sort: row => row.id, text: row => row.id },
  { id: 'name', title: 'Name', cell: row => row.name, sort: row => row.name, text: row => row.name },
  {
    id: 'street',
    title: 'Address',
    cell: row => row.street,
    sort: row => row.street,
    text: row => row.street,
    grow: true,
  },
  {
    id: 'state',
    title: 'State',
    cell: row => <Badge tone={row.state === 'past due' ? 'amber' : 'quiet'}>{row.state}</Badge>,
    text: row => row.state,
  },
  {
    id: 'since',
    title: 'Since',
    cell: row => <LocalDateText short date={row.since as LocalDate} />,
    sort: row => row.since,
    text: row => row.since,
  },
  {
    id: 'use',
    title: 'Use, CCF',
    align: 'end',
    cell: row => row.use.toFixed(1),
    sort: row => row.use,
    text: row => row.use,
  },
  {
    id: 'balance',
    title: 'Balance',
    align: 'end',
    cell: row => <Money cents={row.balance} column />,
    sort: row => row.balance,
    text: row => String(row.balance),
  },
]

/** Controls, fields, tables and overlays; much and nothing. */
export function KitPage() {
  const [selected, setSelected] = useState<Set<string>>(new Set(['A-10002']))
  const [view, setView] = useState<'month' | 'bill' | 'day'>('month')
  const [filter, setFilter] = useState('')
  return (
    <main className="cs-column" style={{ maxWidth: 1100 }}>
      <h1 className="cs-title">Kit</h1>
      <Section title="Buttons">
        <div className="cs-inline">
          <Button variant="primary" kbd="⏎">
            Save contact
          </Button>
          <Button kbd="t">Follow up</Button>
          <Button variant="danger">Stop service</Button>
          <Button variant="plain">Plain</Button>
          <Button disabledReason="Only an Advisor may adjust a bill (ADJ-010). Ask a senior.">Adjust</Button>
          <Button busy>Sending</Button>
          <IconButton icon="print" label="Print" />
          <IconButton icon="list" label="List" pressed />
          <LinkButton onPress={() => {}}>a link</LinkButton>
          <SegmentedControl
            label="View"
            options={[
              { id: 'month', label: 'Month' },
              { id: 'bill', label: 'Bill' },
              { id: 'day', label: 'Day' },
            ]}
            value={view}
            onChange={setView}
          />
          <Badge>actual</Badge>
          <Badge tone="action">new</Badge>
          <Badge tone="amber">past due</Badge>
          <Badge tone="red">shut off</Badge>
          <Badge tone="green" icon="check">
            paid
          </Badge>
        </div>
      </Section>
      <Section title="Figures">
        <div className="cs-inline">
          <Money cents={123456789n} />
          <Money cents={-14810n} />
          <Money signed cents={320n} />
          <Quantity value={21.6} unit="CCF" second={{ value: 16157, unit: 'gal' }} />
          <LocalDateText date={'2025-12-04' as LocalDate} />
        </div>
      </Section>
      <Section title="Messages">
        <div className="cs-stack">
          <Alert title="Dog in the yard">Call before entering.</Alert>
          <Alert tone="red" title="The read is below the last one (4,182 < 4,300).">
            Look at the dial again, or choose rollover or exchanged meter (VEE-010).
          </Alert>
          <Alert tone="green">Paid in full on Nov 3.</Alert>
          <Alert tone="quiet">The meter is read on the 10th.</Alert>
          <ProgressBar
            label="Bill run 2026-11"
            done={31250}
            total={200000}
            unit="bills"
            secondsLeft={840}
            onCancel={() => {}}
          />
          <Skeleton lines={3} />
          <EmptyState title="No contacts yet." actions={<Button kbd="c">Write the first one</Button>}>
            Every call, visit and letter will stand here, written by whoever took it.
          </EmptyState>
        </div>
      </Section>
      <Section title="Fields">
        <FieldsPart />
      </Section>
      <OverlaysPart />
      <Tabs
        label="Views"
        tabs={[
          {
            id: 'a',
            title: 'Thousands of rows',
            content: <Rows selected={selected} onSelect={setSelected} filter={filter} onFilter={setFilter} />,
          },
          {
            id: 'b',
            title: 'None',
            content: (
              <DataTable
                label="Accounts"
                columns={columns}
                rows={[]}
                rowKey={row => row.id}
                empty={<EmptyState title="No account matches.">Try fewer letters.</EmptyState>}
              />
            ),
          },
        ]}
      />
      <Disclosure title="How this is judged" end="4 signs">
        Step on one day, flat since; not seasonal; peers fell 12 %.
      </Disclosure>
    </main>
  )
}

function Rows(props: {
  selected: Set<string>
  onSelect: (s: Set<string>) => void
  filter: string
  onFilter: (t: string) => void
}) {
  const rows = accounts.filter(a =>
    `${a.name} ${a.street}`.toLowerCase().includes(props.filter.toLowerCase()),
  )
  return (
    <div className="cs-stack">
      <SearchField label="Filter accounts" value={props.filter} onChange={props.onFilter} kbd="f" />
      <DataTable
        label="Accounts"
        columns={columns}
        rows={rows}
        rowKey={row => row.id}
        selected={props.selected}
        onSelectedChange={props.onSelect}
        detail={row => (
          <FactList
            facts={[
              { label: 'Account', value: row.id },
              { label: 'Address', value: row.street },
            ]}
          />
        )}
        maxHeight={360}
      />
    </div>
  )
}
