import type { Input } from '@curbstop/kernel/endpoint'
import { customers } from '@curbstop/server/contract/staff'
import { Checkbox, FieldRow, Select, TextField, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useDo } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'
import type { Customer } from './CustomerPage.tsx'
import { useRefreshCustomer } from './use-change.ts'

type Change = Omit<Input<typeof customers.changeCustomer>, 'customerId' | 'version' | 'reason'>
type DialogProps = { customer: Customer; onClose: () => void }

/** Sends a change of the card with its reason; the sentence below says that the old words are kept. */
export function useChange({ customer, onClose }: DialogProps) {
  const t = useWords('customers')
  const toasts = useToast()
  const refresh = useRefreshCustomer()
  const asked = useDo(customers.changeCustomer)
  const [reason, setReason] = useState('')
  const { customerId, version } = customer
  const send = (change: Change) =>
    asked.mutate(
      { customerId, version, reason, ...change },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('edit.saved') })
          onClose()
        },
      },
    )
  return { asked, send, reason, setReason }
}

export function ReasonField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useWords('customers')
  return (
    <TextField
      label={t('edit.reason')}
      name="reason"
      description={t('edit.reasonHelp')}
      value={value}
      onChange={onChange}
    />
  )
}

const languages = ['en', 'es', 'zh', 'tl', 'vi', 'ko'] as const

export function NameDialog(props: DialogProps) {
  const t = useWords('customers')
  const { customer, onClose } = props
  const { asked, send, reason, setReason } = useChange(props)
  const [name, setName] = useState(customer.name)
  const [givenName, setGiven] = useState(customer.givenName ?? '')
  const [familyName, setFamily] = useState(customer.familyName ?? '')
  const [language, setLanguage] = useState(customer.language)
  const changed = (now: string, before: string | null) => now.trim() !== (before ?? '')
  const submit = () =>
    send({
      ...(changed(name, customer.name) ? { name } : {}),
      ...(changed(givenName, customer.givenName) ? { givenName: givenName.trim() || null } : {}),
      ...(changed(familyName, customer.familyName) ? { familyName: familyName.trim() || null } : {}),
      ...(language === customer.language ? {} : { language }),
    })
  return (
    <ActForm
      title={t('edit.nameTitle')}
      doIt={t('edit.save')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['name', 'givenName', 'familyName', 'language', 'reason']}
    >
      <TextField label={t('edit.name')} name="name" value={name} onChange={setName} autoFocus />
      {customer.kind === 'person' && (
        <FieldRow>
          <TextField
            label={t('edit.given')}
            name="givenName"
            optional
            value={givenName}
            onChange={setGiven}
          />
          <TextField
            label={t('edit.family')}
            name="familyName"
            optional
            value={familyName}
            onChange={setFamily}
          />
        </FieldRow>
      )}
      <Select
        label={t('edit.language')}
        name="language"
        options={languages.map(id => ({ id, label: t(`language.${id}`) }))}
        value={language}
        onChange={setLanguage}
      />
      <ReasonField value={reason} onChange={setReason} />
    </ActForm>
  )
}

const emptyAddress = { line1: '', line2: '', city: '', state: '', zip: '' }

export function MailingDialog(props: DialogProps) {
  const t = useWords('customers')
  const { customer, onClose } = props
  const { asked, send, reason, setReason } = useChange(props)
  const { mailing } = customer
  const [address, setAddress] = useState(
    mailing ? { ...emptyAddress, ...mailing, line2: mailing.line2 ?? '' } : emptyAddress,
  )
  const [isNone, setNone] = useState(false)
  const { line1, line2, city, state, zip } = address
  const submit = () =>
    send({ mailing: isNone ? null : { line1, line2: line2.trim() || null, city, state, zip } })
  const part = (name: keyof typeof emptyAddress) => ({
    label: t(`edit.${name}`),
    name: `mailing.${name}`,
    value: address[name],
    onChange: (text: string) => setAddress({ ...address, [name]: text }),
  })
  return (
    <ActForm
      title={t('edit.mailingTitle')}
      doIt={t('edit.save')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={[...(isNone ? [] : Object.keys(emptyAddress).map(name => `mailing.${name}`)), 'reason']}
    >
      {!isNone && (
        <>
          <TextField {...part('line1')} autoFocus />
          <TextField {...part('line2')} optional />
          <FieldRow>
            <TextField {...part('city')} />
            <TextField {...part('state')} maxLength={2} />
            <TextField {...part('zip')} inputMode="numeric" maxLength={10} />
          </FieldRow>
        </>
      )}
      {mailing && (
        <Checkbox checked={isNone} onChange={setNone}>
          {t('edit.noMailing')}
        </Checkbox>
      )}
      <ReasonField value={reason} onChange={setReason} />
    </ActForm>
  )
}
