import type { LocalDate } from '@curbstop/kernel/dates'
import { useState } from 'react'
import {
  Button,
  Checkbox,
  CheckboxGroup,
  ComboBox,
  DateField,
  FieldRow,
  Form,
  FormActions,
  MoneyField,
  NumberField,
  RadioGroup,
  Select,
  TextArea,
  TextField,
} from '../src/index.ts'
import { accounts } from './samples.ts'

const reasons = [
  { id: 'high', label: 'High bill', description: 'use or rate' },
  { id: 'move', label: 'Moving in or out' },
  { id: 'pay', label: 'Payment', disabledReason: 'Payments are taken by a cashier.' },
] as const

/** Every field, with server refusals after Save. */
export function FieldsPart() {
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
