import type { Id } from '@curbstop/kernel/ids'
import { accounts, customers, staff } from '@curbstop/server/contract/staff'
import {
  Button,
  EmptyState,
  FieldRow,
  Form,
  FormActions,
  InstantText,
  Section,
  TextField,
  useToast,
} from '@curbstop/ui'
import { useState } from 'react'
import { type AccountHit, AccountPicker } from '../accounts/AccountPicker.tsx'
import { Answer } from '../shell/Answer.tsx'
import { useAsk, useDo } from '../shell/ask.ts'
import { call } from '../shell/call.ts'
import { faults } from '../shell/faults.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'

/** The own or a relative's account, on which one may not act (AUTH-023). */
export function MyInterests() {
  const t = useWords('staff')
  const maySearch = useMay('accounts.see')
  const asked = useAsk(staff.listInterests, {})
  return (
    <Section title={t('me.interests')}>
      <p className="cs-quiet">{t('me.interestsHelp')}</p>
      <Answer of={asked} lines={2}>
        {rows =>
          rows.length === 0 ? (
            <EmptyState title={t('me.interestsNone')} />
          ) : (
            <ul className="cs-rows">
              {rows.map(row => (
                <li key={String(row.customerId)} className="cs-spread">
                  <span>
                    <CustomerName customerId={row.customerId} /> · {row.relation}
                  </span>
                  <span className="cs-quiet">
                    <InstantText at={row.declaredAt} show="date" />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {maySearch && <DeclareForm />}
    </Section>
  )
}

function CustomerName({ customerId }: { customerId: Id<'customer'> }) {
  const t = useWords('staff')
  const maySee = useMay('customers.see')
  const card = useAsk(customers.getCustomer, { customerId }, { enabled: maySee, staleTime: 300_000 })
  return <strong>{card.data?.name ?? t('me.customerNo', { id: String(customerId) })}</strong>
}

function DeclareForm() {
  const t = useWords('staff')
  const toasts = useToast()
  const refresh = useRefreshArea('staff')
  const declare = useDo(staff.declareInterest)
  const [account, setAccount] = useState<AccountHit | null>(null)
  const [relation, setRelation] = useState('')
  const [isMissing, setMissing] = useState(false)
  const submit = async () => {
    setMissing(account === null)
    if (!account) return
    const { customerId } = await call(accounts.getAccountCard, { accountId: account.accountId })
    declare.mutate(
      { customerId, relation },
      {
        onSuccess: () => {
          refresh()
          setAccount(null)
          setRelation('')
          toasts.show({ text: t('me.declared') })
        },
      },
    )
  }
  return (
    <Form
      label={t('me.declare')}
      onSubmit={() => void submit()}
      {...faults(declare.error, ['customerId', 'relation'])}
    >
      <FieldRow>
        <AccountPicker
          label={t('me.customer')}
          name="customerId"
          description={t('me.customerHelp')}
          value={account}
          onChange={setAccount}
          error={isMissing && !account ? t('me.customerMissing') : null}
        />
        <TextField
          label={t('me.relation')}
          name="relation"
          description={t('me.relationHelp')}
          value={relation}
          onChange={setRelation}
        />
      </FieldRow>
      <FormActions>
        <Button type="submit" busy={declare.isPending}>
          {t('me.declareDo')}
        </Button>
      </FormActions>
    </Form>
  )
}
