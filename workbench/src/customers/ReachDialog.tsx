import { useState } from 'react'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useWords } from '../shell/words.ts'
import type { Customer } from './CustomerPage.tsx'
import { ReasonField, useChange } from './EditDialogs.tsx'
import { type Draft, draftOf, emailsOf, type PhoneDraft, phonesOf, ReachFields } from './ReachFields.tsx'

/** Phones and e-mails; a list given replaces the list on file, what was so before is kept with its dates. */
export function ReachDialog(props: { customer: Customer; onClose: () => void }) {
  const t = useWords('customers')
  const { customer, onClose } = props
  const { asked, send, reason, setReason } = useChange(props)
  const [phones, setPhones] = useState<readonly Draft<PhoneDraft>[]>(() =>
    customer.phones.map(one =>
      draftOf({
        number: one.shown,
        extension: one.extension ?? '',
        kind: one.kind,
        mayText: one.mayText,
      }),
    ),
  )
  const [emails, setEmails] = useState<readonly Draft<string>[]>(() =>
    customer.emails.map(one => draftOf(one.address)),
  )
  const submit = () => send({ phones: phonesOf(phones), emails: emailsOf(emails) })
  return (
    <ActForm
      title={t('edit.reachTitle')}
      doIt={t('edit.save')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={[
        ...phones.map((_, index) => `phones.${index}.number`),
        ...emails.map((_, index) => `emails.${index}`),
        'reason',
      ]}
    >
      <ReachFields phones={phones} onPhones={setPhones} emails={emails} onEmails={setEmails} />
      <ReasonField value={reason} onChange={setReason} />
    </ActForm>
  )
}
