import type { Input } from '@curbstop/kernel/endpoint'
import { customers } from '@curbstop/server/contract/staff'
import { Button, Section, Select, TextField, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useDo } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'
import type { Customer } from './CustomerPage.tsx'
import { useRefreshCustomer, useWhyNotChange } from './use-change.ts'

type Kind = Input<typeof customers.setSecret>['kind']
const kinds: readonly Kind[] = ['pin', 'passphrase', 'id-last4']

/** Which secrets a caller can be asked for; never the secrets. */
export function Secrets({ customer }: { customer: Customer }) {
  const t = useWords('customers')
  const why = useWhyNotChange(customer)
  const [isOpen, setOpen] = useState(false)
  return (
    <Section title={t('secrets.title')}>
      <p className={customer.secrets.length === 0 ? 'cs-quiet' : undefined}>
        {customer.secrets.length === 0
          ? t('secrets.none')
          : customer.secrets.map(kind => t(`secrets.kind.${kind}`)).join(', ')}
      </p>
      <div className="cs-inline">
        <Button disabledReason={why} onPress={() => setOpen(true)}>
          {t('secrets.set')}
        </Button>
      </div>
      {isOpen && <SetDialog customer={customer} onClose={() => setOpen(false)} />}
    </Section>
  )
}

function SetDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useWords('customers')
  const toasts = useToast()
  const refresh = useRefreshCustomer()
  const asked = useDo(customers.setSecret)
  const [kind, setKind] = useState<Kind>('pin')
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  const submit = () =>
    asked.mutate(
      { customerId: customer.customerId, kind, text, reason },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('secrets.done') })
          onClose()
        },
      },
    )
  return (
    <ActForm
      title={t('secrets.setTitle')}
      doIt={t('secrets.setDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['kind', 'text', 'reason']}
    >
      <Select
        label={t('secrets.kindLabel')}
        name="kind"
        options={kinds.map(id => ({ id, label: t(`secrets.kind.${id}`) }))}
        value={kind}
        onChange={setKind}
      />
      <TextField
        label={t('secrets.text')}
        name="text"
        type="password"
        autoComplete="off"
        description={t('secrets.textHelp')}
        value={text}
        onChange={setText}
        autoFocus
      />
      <TextField label={t('secrets.reason')} name="reason" value={reason} onChange={setReason} />
    </ActForm>
  )
}
