import type { LocalDate } from '@curbstop/kernel/dates'
import { useState } from 'react'
import {
  Alert,
  Badge,
  Button,
  Checkbox,
  CheckboxGroup,
  type Column,
  ComboBox,
  CommandPalette,
  ConfirmDialog,
  DataTable,
  DateField,
  Dialog,
  Disclosure,
  EmptyState,
  FactList,
  FieldRow,
  Form,
  FormActions,
  IconButton,
  KeySheet,
  LinkButton,
  LocalDateText,
  Menu,
  Money,
  MoneyField,
  NumberField,
  ProgressBar,
  Quantity,
  RadioGroup,
  SearchField,
  Section,
  SegmentedControl,
  Select,
  SidePanel,
  Skeleton,
  Tabs,
  TextArea,
  TextField,
  useToast,
} from '../src/index.ts'
import { type Account, accounts } from './samples.ts'

const reasons = [
  { id: 'high', label: 'High bill', description: 'use or rate' },
  { id: 'move', label: 'Moving in or out' },
  { id: 'pay', label: 'Payment', disabledReason: 'Payments are taken by a cashier.' },
] as const

const bindings = [
  ['/', 'Search', 'Everywhere'],
  ['?', 'All keys', 'Everywhere'],
  ['Ctrl+K', 'Commands', 'Everywhere'],
  ['g b', 'Go to bills', 'Go'],
  ['g t', 'Go to tasks', 'Go'],
  ['j', 'Next row', 'Lists'],
  ['k', 'Row before', 'Lists'],
  ['x', 'Select the row', 'Lists'],
  ['c', 'Write the contact', 'Account'],
  ['w', 'What if', 'Account'],
].map(([keys, does, section]) => ({ id: keys!, keys: keys!, does: does!, section: section! }))

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

function Fields() {
  const [text, setText] = useState('Ana Ruiz')
  const [note, setNote] = useState('')
  const [people, setPeople] = useState<number | null>(4)
  const [amount, setAmount] = useState<bigint | null>(14810n)
  const [date, setDate] = useState<LocalDate | null>('2026-12-04' as LocalDate)
  const [reason, setReason] = useState<string | null>('high')
  const [combo, setCombo] = useState<string | null>(null)
  const [days, setDays] = useState<string[]>(['mon'])
  const [who, setWho] = useState<string | null>('owner')
  const [sure, setSure] = useState(false)
  const [errors, setErrors] = useState<Record<string, string> | null>(null)
  return (
    <Form
      label="Fields"
      errors={errors}
      error={errors && 'Nothing was saved. Mend the two marked fields and save again.'}
      onSubmit={() =>
        setErrors({ phone: 'A phone number has ten digits; this one has 7.', reason: 'Choose why.' })
      }
    >
      <FieldRow>
        <TextField label="Name" value={text} onChange={setText} />
        <TextField
          label="Phone"
          name="phone"
          value="555-0148"
          onChange={() => {}}
          description="Ten digits."
          type="tel"
        />
        <TextField label="Account" readOnly value="A-10482" onChange={() => {}} />
      </FieldRow>
      <FieldRow>
        <NumberField
          label="People in the household"
          value={people}
          onChange={setPeople}
          min={1}
          max={40}
          decimals={0}
        />
        <NumberField label="Use" unit="CCF" optional value={null} onChange={() => {}} />
        <MoneyField label="Amount" value={amount} onChange={setAmount} />
        <DateField label="Promised for" value={date} onChange={setDate} min={'2026-11-23' as LocalDate} />
      </FieldRow>
      <FieldRow>
        <Select
          label="Reason"
          name="reason"
          options={reasons}
          value={reason as 'high'}
          onChange={setReason}
        />
        <ComboBox
          label="Person"
          placeholder="Type a name"
          options={accounts.slice(0, 40).map(a => ({ id: a.id, label: a.name, description: a.street }))}
          value={combo}
          onChange={setCombo}
        />
      </FieldRow>
      <TextArea label="Note" value={note} onChange={setNote} optional description="Ctrl+Enter saves." />
      <FieldRow>
        <CheckboxGroup
          label="Days"
          inline
          options={[
            { id: 'mon', label: 'Monday' },
            { id: 'tue', label: 'Tuesday' },
            { id: 'sun', label: 'Sunday', disabledReason: 'Closed.' },
          ]}
          value={days}
          onChange={setDays}
        />
        <RadioGroup
          label="Who calls"
          inline
          options={[
            { id: 'owner', label: 'Owner' },
            { id: 'tenant', label: 'Tenant', description: 'balance and use only' },
          ]}
          value={who}
          onChange={setWho}
        />
      </FieldRow>
      <Checkbox checked={sure} onChange={setSure} description="It is kept with the contact.">
        The caller has proven who they are
      </Checkbox>
      <FormActions>
        <Button variant="primary" type="submit" kbd="⏎">
          Save
        </Button>
        <Button onPress={() => setErrors(null)}>Cancel</Button>
      </FormActions>
    </Form>
  )
}

function Overlays() {
  const toast = useToast()
  const [open, setOpen] = useState(new URLSearchParams(location.search).get('open'))
  const close = () => setOpen(null)
  return (
    <Section title="Overlays">
      <div className="cs-inline">
        {['dialog', 'side', 'confirm', 'palette', 'keys'].map(name => (
          <Button key={name} onPress={() => setOpen(name)}>
            {name}
          </Button>
        ))}
        <Button onPress={() => toast.show({ text: 'Order 88 sent to dispatch.', undo: { run: () => {} } })}>
          toast
        </Button>
        <Menu
          label="More"
          items={[
            { id: 'a', label: 'Print', kbd: 'p', run: () => {} },
            { id: 'b', label: 'Stop service', danger: true, run: () => {} },
            {
              id: 'c',
              label: 'Write off',
              disabledReason: 'Only a Supervisor may (COL-040).',
              run: () => {},
            },
          ]}
        />
      </div>
      <Dialog
        isOpen={open === 'dialog'}
        onClose={close}
        title="Send a leak check"
        footer={<Button variant="primary">Send the order</Button>}
      >
        <Fields />
      </Dialog>
      <SidePanel isOpen={open === 'side'} onClose={close} title="Bill 24">
        <FactList lined facts={[{ label: 'Water', value: <Money cents={17115n} /> }]} />
      </SidePanel>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        onClose={close}
        title="Stop service at 118 Alder Court?"
        confirmLabel="Stop service"
        danger
        onConfirm={() => {}}
      >
        The meter is read and closed on Dec 4; a final bill follows within 5 days.
      </ConfirmDialog>
      <CommandPalette
        isOpen={open === 'palette'}
        onClose={close}
        commands={bindings.map(binding => ({ ...binding, title: binding.does, run: () => {} }))}
      />
      <KeySheet isOpen={open === 'keys'} onClose={close} bindings={bindings} />
    </Section>
  )
}

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
        <Fields />
      </Section>
      <Overlays />
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
