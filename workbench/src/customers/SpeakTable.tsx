import type { LocalDate } from '@curbstop/kernel/dates'
import { customers } from '@curbstop/server/contract/staff'
import {
  Badge,
  Button,
  CheckboxGroup,
  type Column,
  DataTable,
  DateField,
  FieldRow,
  formatDate,
  Section,
  TextField,
  useToast,
  useUi,
} from '@curbstop/ui'
import { useMemo, useState } from 'react'
import { Nothing } from '../desk/Nothing.tsx'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useDo } from '../shell/ask.ts'
import { ReasonDialog } from '../shell/ReasonDialog.tsx'
import { useWords } from '../shell/words.ts'
import type { Customer } from './CustomerPage.tsx'
import { useRefreshCustomer, useWhyNotChange } from './use-change.ts'

type Authorized = Customer['authorized'][number]
const scopes = ['view', 'pay', 'change', 'close'] as const

/** Who may speak for the customer: about what, until when, on what proof (ACC-016). */
export function SpeakTable({ customer }: { customer: Customer }) {
  const t = useWords('customers')
  const why = useWhyNotChange(customer)
  const [isAdding, setAdding] = useState(false)
  const [revoking, setRevoking] = useState<Authorized | null>(null)
  const columns = useSpeakColumns(why, setRevoking)
  return (
    <Section title={t('speak.title')}>
      {customer.authorized.length === 0 ? (
        <Nothing title={t('speak.none')} help={t('speak.noneHelp')} />
      ) : (
        <DataTable
          bare
          label={t('speak.title')}
          columns={columns}
          rows={customer.authorized}
          rowKey={row => String(row.authorizedId)}
        />
      )}
      <div className="cs-inline">
        <Button icon="plus" disabledReason={why} onPress={() => setAdding(true)}>
          {t('speak.addTitle')}
        </Button>
      </div>
      {isAdding && <AddDialog customer={customer} onClose={() => setAdding(false)} />}
      {revoking && (
        <RevokeDialog customer={customer} authorized={revoking} onClose={() => setRevoking(null)} />
      )}
    </Section>
  )
}

function useSpeakColumns(why: string | null, revoke: (row: Authorized) => void): Column<Authorized>[] {
  const t = useWords('customers')
  const { strings, today } = useUi()
  return useMemo(() => {
    const day = (date: LocalDate) => formatDate(date, strings, { today, short: true })
    const state = (row: Authorized): string => {
      const on = row.state === 'not-yet' ? row.validFrom : row.validTo
      return t(`speak.state.${row.state}`, { on: on ? day(on) : '' })
    }
    return [
      {
        id: 'name',
        title: t('speak.columns.name'),
        cell: row => (
          <>
            <strong>{row.name}</strong>
            {row.phone && <span className="cs-quiet">{` ${row.phone}`}</span>}
          </>
        ),
      },
      { id: 'relation', title: t('speak.columns.relation'), cell: row => row.relation },
      {
        id: 'may',
        title: t('speak.columns.may'),
        wrap: true,
        cell: row => row.scopes.map(scope => t(`speak.scope.${scope}`)).join(', '),
      },
      { id: 'proof', title: t('speak.columns.proof'), grow: true, wrap: true, cell: row => row.proof },
      {
        id: 'state',
        title: t('speak.columns.state'),
        cell: row => (
          <>
            <Badge tone={row.state === 'in-force' ? 'green' : 'quiet'}>{state(row)}</Badge>
            {row.state === 'in-force' && row.validTo && (
              <span className="cs-quiet">{` ${t('speak.until', { on: day(row.validTo) })}`}</span>
            )}
          </>
        ),
      },
      {
        id: 'act',
        title: '',
        cell: row =>
          (row.state === 'in-force' || row.state === 'not-yet') && (
            <Button variant="plain" disabledReason={why} onPress={() => revoke(row)}>
              {t('speak.revoke')}
            </Button>
          ),
      },
    ]
  }, [t, strings, today, why, revoke])
}

type DialogProps = { customer: Customer; onClose: () => void }

function AddDialog({ customer, onClose }: DialogProps) {
  const t = useWords('customers')
  const { today } = useUi()
  const toasts = useToast()
  const refresh = useRefreshCustomer()
  const asked = useDo(customers.addAuthorized)
  const [name, setName] = useState('')
  const [relation, setRelation] = useState('')
  const [phone, setPhone] = useState('')
  const [may, setMay] = useState<(typeof scopes)[number][]>(['view'])
  const [proof, setProof] = useState('')
  const [validTo, setValidTo] = useState<LocalDate | null>(null)
  const { customerId, version } = customer
  const submit = () =>
    asked.mutate(
      {
        customerId,
        version,
        name,
        relation,
        scopes: may,
        proof,
        ...(phone.trim() ? { phone } : {}),
        ...(validTo ? { validTo } : {}),
      },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('speak.added', { name }) })
          onClose()
        },
      },
    )
  return (
    <ActForm
      title={t('speak.addTitle')}
      doIt={t('speak.addDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['name', 'relation', 'phone', 'scopes', 'proof', 'validTo']}
    >
      <FieldRow>
        <TextField label={t('speak.name')} name="name" value={name} onChange={setName} autoFocus />
        <TextField label={t('speak.relation')} name="relation" value={relation} onChange={setRelation} />
      </FieldRow>
      <CheckboxGroup
        label={t('speak.scopes')}
        name="scopes"
        inline
        options={scopes.map(id => ({ id, label: t(`speak.scope.${id}`) }))}
        value={may}
        onChange={setMay}
      />
      <TextField
        label={t('speak.proof')}
        name="proof"
        description={t('speak.proofHelp')}
        value={proof}
        onChange={setProof}
      />
      <FieldRow>
        <TextField
          label={t('speak.phone')}
          name="phone"
          inputMode="tel"
          optional
          value={phone}
          onChange={setPhone}
        />
        <DateField
          label={t('speak.validTo')}
          name="validTo"
          optional
          description={t('speak.validToHelp')}
          value={validTo}
          onChange={setValidTo}
          {...(today ? { min: today } : {})}
        />
      </FieldRow>
    </ActForm>
  )
}

function RevokeDialog({ customer, authorized, onClose }: DialogProps & { authorized: Authorized }) {
  const t = useWords('customers')
  const toasts = useToast()
  const refresh = useRefreshCustomer()
  const asked = useDo(customers.revokeAuthorized)
  return (
    <ReasonDialog
      danger
      title={t('speak.revokeTitle', { name: authorized.name })}
      label={t('speak.revokeReason')}
      missing={t('speak.revokeMissing')}
      confirmLabel={t('speak.revoke')}
      onClose={onClose}
      onConfirm={async reason => {
        const { customerId } = customer
        await asked.mutateAsync({ customerId, authorizedId: authorized.authorizedId, reason })
        refresh()
        toasts.show({ text: t('speak.revoked') })
      }}
    />
  )
}
