import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { useState } from 'react'
import {
  Alert,
  Button,
  type Column,
  Columns,
  DataTable,
  FactList,
  Frame,
  InstantText,
  Kbd,
  LikelihoodBar,
  LinkButton,
  LocalDateText,
  Money,
  Section,
  SplitBar,
  TabStrip,
  TextArea,
  UsageChart,
  WaterfallChart,
} from '../src/index.ts'
import { type Entry, timeline, usageEvents, usagePoints, waterfall } from './samples.ts'

const rail = [
  { id: 'home', label: 'Home', icon: 'home', href: '#home', keys: 'g h' },
  { id: 'bills', label: 'Bills', icon: 'card', href: '#bills', keys: 'g b' },
  { id: 'tasks', label: 'Tasks', icon: 'task', href: '#tasks', keys: 'g t', count: 7 },
  { id: 'orders', label: 'Orders', icon: 'truck', href: '#orders', keys: 'g o' },
  { id: 'reports', label: 'Reports', icon: 'chart', href: '#reports', keys: 'g r' },
  { id: 'meters', label: 'Meters', icon: 'meter', href: '#meters', keys: 'g m' },
] as const

const columns: Column<Entry>[] = [
  {
    id: 'on',
    title: 'Date',
    cell: row => <LocalDateText short date={row.on as LocalDate} />,
    sort: row => row.on,
    text: row => row.on,
  },
  {
    id: 'kind',
    title: 'Kind',
    cell: row => <span className="cs-quiet cs-small">{row.kind}</span>,
    text: row => row.kind,
  },
  { id: 'text', title: 'What', cell: row => row.text, grow: true, wrap: true, text: row => row.text },
  {
    id: 'amount',
    title: 'Amount',
    align: 'end',
    cell: row => (row.cents === null ? row.use : <Money cents={row.cents} column />),
    text: row => String(row.cents ?? row.use),
  },
]

function Facts() {
  return (
    <>
      <div>
        <h1 className="cs-title">Ana Ruiz</h1>
        <div>118 Alder Court, Cedar Flat</div>
        <div className="cs-quiet">Owner since Mar 2017 · 4 people · 2,150 sq ft</div>
        <div className="cs-quiet">A-10482 · meter 64 118 203 · 3/4" · book 14</div>
      </div>
      <Section title="Money now" actions={<LinkButton onPress={() => {}}>arrange</LinkButton>}>
        <div>
          <Money cents={21240n} large />
          <div className="cs-quiet">due Fri Dec 4 · nothing past due</div>
        </div>
        <SplitBar
          label="Balance by age"
          parts={[
            { id: '0', label: '0–30', value: 21240n, text: '212.40' },
            { id: '31', label: '31–60', value: 0n, text: '0', tone: 'amber' },
            { id: '61', label: '61+', value: 0n, text: '0', tone: 'red' },
          ]}
        />
        <FactList
          facts={[
            { label: 'Water', value: <Money bare cents={17115n} /> },
            { label: 'Sewer (winter avg 7.2)', value: <Money bare cents={4125n} /> },
            { label: 'In flight', value: 'none' },
            { label: 'Deposit held', value: <Money bare cents={0n} /> },
          ]}
        />
      </Section>
      <Section title="Next">
        <FactList
          facts={[
            { label: 'Read', value: <LocalDateText date={'2026-12-10' as LocalDate} /> },
            { label: 'Bill', value: <LocalDateText date={'2026-12-14' as LocalDate} /> },
            { label: 'Autopay', value: 'off since Nov 1' },
          ]}
        />
      </Section>
      <Section title="Alerts">
        <Alert>Dog in the yard, call before entering</Alert>
        <Alert>Use up 64 % on last year</Alert>
      </Section>
      <Section title="Holds and work">
        <div>
          <div className="cs-quiet">No holds</div>
          <div>1 open order · re-read, Wed Nov 25</div>
        </div>
      </Section>
      <Section title="May speak for her">
        <div>
          Luis Ruiz <span className="cs-quiet">balance and use</span>
        </div>
      </Section>
    </>
  )
}

const causes = [
  [
    'Toilet or fixture leak',
    0.82,
    'Step on one day, flat since; not seasonal; peers fell 12 %. Against: no night readings yet.',
  ],
  ['Irrigation left on', 0.34, 'Outdoor area 2,150 sq ft; but use did not fall in the wet week.'],
  ['More people', 0.2, '4th person since Oct 2: explains about 55 of 169 gal a day.'],
  ['Wrong read', 0.03, 'Two actual reads agree; dials and serial match.'],
] as const

function Contact() {
  const [note, setNote] = useState(
    'High bill. Use stepped up on Oct 9 and stays up at night; explained bill line by line; suspects toilet. Leak check sent by text.',
  )
  return (
    <>
      <Section title="This contact" actions="02:14">
        <div>
          Phone · (530) 555-0148 · probably <strong>Ana Ruiz</strong>
          <div className="cs-tone-green">✓ name ✓ last payment amount</div>
          <div className="cs-quiet">May be told: balance, use, orders. Not: bank details.</div>
        </div>
        <TextArea label="Note, drafted from what you did" optional value={note} onChange={setNote} />
        <div className="cs-inline">
          <Button variant="primary" kbd="⏎">
            Save contact
          </Button>
          <Button kbd="t">Follow up</Button>
        </div>
      </Section>
      <Section
        title="What it looks like"
        actions={<LinkButton onPress={() => {}}>how this is judged</LinkButton>}
      >
        <ol className="cs-rows">
          {causes.map(([name, share, why]) => (
            <li key={name}>
              <div className="cs-spread">
                <strong>{name}</strong>
                <LikelihoodBar share={share} />
              </div>
              <div className="cs-quiet cs-small">{why}</div>
            </li>
          ))}
        </ol>
      </Section>
      <Section title="Ask next">
        <div>“Do you hear a toilet refill when nobody has used it?”</div>
        <div className="cs-inline">
          <Button kbd="l">Check</Button>
          <Button kbd="w">What if</Button>
          <Button kbd="o">Order</Button>
        </div>
      </Section>
      <Section title="If it is the leak">
        <FactList
          facts={[
            { label: 'Adjustment by policy L-4', value: <Money cents={-3820n} /> },
            { label: 'Next bill if fixed by Nov 30', value: 'about $139' },
          ]}
        />
      </Section>
    </>
  )
}

const searchLabel = 'Name, address, phone, account or meter'

/** The account page of the drawing, on the kit. */
export function DeskPage() {
  return (
    <Frame
      brand={{ label: 'Home', mark: 'C', href: '#home' }}
      rail={rail}
      railCurrent="home"
      search={
        <div className="cs-input-box">
          <span className="cs-affix">
            <Kbd keys="/" />
          </span>
          <input className="cs-input" type="search" aria-label={searchLabel} placeholder={searchLabel} />
        </div>
      }
      status={
        <>
          <span>
            Calls waiting <strong>2</strong>
          </span>
          <span>
            My tasks <strong>7</strong>
          </span>
          <span>
            Drawer <strong>$1,204.00</strong>
          </span>
          <span className="cs-quiet">
            <InstantText at={'2026-11-23T18:42:00Z' as Instant} />
          </span>
          <span>
            <strong>M. Chen</strong> <span className="cs-quiet">Advisor</span>
          </span>
        </>
      }
      tabs={
        <TabStrip
          current="a"
          tabs={[
            { id: 'a', title: 'A-10482 Ruiz' },
            { id: 'b', title: 'A-00931 Oakmont HOA', unsaved: true },
          ]}
          onSelect={() => {}}
          onClose={() => {}}
          onNew={() => {}}
        />
      }
    >
      <Columns
        left={<Facts />}
        right={<Contact />}
        leftLabel="Who and where"
        rightLabel="This contact"
        rightStrip="02:14"
      >
        <UsageChart
          title="Use a day, gallons, 24 months"
          unit="gal a day"
          points={usagePoints}
          events={usageEvents}
        />
        <WaterfallChart
          title="Why is it $212.40?"
          note="$64.30 more than last bill"
          defaultOpen="use"
          {...waterfall}
        />
        <Section
          title="Timeline"
          actions={
            <>
              <LinkButton pressed onPress={() => {}}>
                all
              </LinkButton>
              <LinkButton onPress={() => {}}>money</LinkButton>
              <LinkButton onPress={() => {}}>as of today ▾</LinkButton>
            </>
          }
        >
          <DataTable
            label="Timeline"
            columns={columns}
            rows={timeline}
            rowKey={row => row.id}
            detail={row => row.text}
          />
        </Section>
      </Columns>
    </Frame>
  )
}
