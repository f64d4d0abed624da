import { Alert, Button, formatDate, Section, useUi } from '@curbstop/ui'
import { useState } from 'react'
import { useWords } from '../shell/words.ts'
import type { Customer } from './CustomerPage.tsx'
import { MailingDialog, NameDialog } from './EditDialogs.tsx'
import { MailReturnedDialog } from './MailReturnedDialog.tsx'
import { ReachDialog } from './ReachDialog.tsx'
import { useWhyNotChange } from './use-change.ts'

type PanelProps = { customer: Customer }

export function NamePanel({ customer }: PanelProps) {
  const t = useWords('customers')
  const why = useWhyNotChange(customer)
  const [isOpen, setOpen] = useState(false)
  const parts = [customer.givenName, customer.familyName].filter(Boolean).join(' ')
  return (
    <Section title={t('edit.nameTitle')}>
      <p>
        <strong>{customer.name}</strong>
        {parts && parts !== customer.name && <span className="cs-quiet">{` · ${parts}`}</span>}
        <span className="cs-quiet">{` · ${t(`language.${customer.language}`)}`}</span>
      </p>
      <div className="cs-inline">
        <Button
          aria-label={t('changeWhat', { what: t('edit.nameTitle') })}
          disabledReason={why}
          onPress={() => setOpen(true)}
        >
          {t('change')}
        </Button>
      </div>
      {isOpen && <NameDialog customer={customer} onClose={() => setOpen(false)} />}
    </Section>
  )
}

export function MailingPanel({ customer }: PanelProps) {
  const t = useWords('customers')
  const { strings, today } = useUi()
  const why = useWhyNotChange(customer)
  const [opened, setOpened] = useState<'edit' | 'returned' | null>(null)
  const { mailing } = customer
  return (
    <Section title={t('mailing.title')}>
      {mailing ? (
        <address className="wb-prose">
          {[mailing.line1, mailing.line2, `${mailing.city}, ${mailing.state} ${mailing.zip}`]
            .filter(Boolean)
            .join('\n')}
        </address>
      ) : (
        <p className="cs-quiet">{t('mailing.none')}</p>
      )}
      {mailing?.returnedOn && (
        <Alert
          tone="amber"
          title={t('mailing.returned', { on: formatDate(mailing.returnedOn, strings, { today }) })}
        />
      )}
      <div className="cs-inline">
        <Button
          aria-label={t('changeWhat', { what: t('mailing.title') })}
          disabledReason={why}
          onPress={() => setOpened('edit')}
        >
          {t('change')}
        </Button>
        {mailing && (
          <Button variant="plain" disabledReason={why} onPress={() => setOpened('returned')}>
            {t('mailing.markReturned')}
          </Button>
        )}
      </div>
      {opened === 'edit' && <MailingDialog customer={customer} onClose={() => setOpened(null)} />}
      {opened === 'returned' && <MailReturnedDialog customer={customer} onClose={() => setOpened(null)} />}
    </Section>
  )
}

export function ReachPanel({ customer }: PanelProps) {
  const t = useWords('customers')
  const { strings, today } = useUi()
  const why = useWhyNotChange(customer)
  const [isOpen, setOpen] = useState(false)
  const since = (on: Customer['phones'][number]['validFrom']) =>
    t('reach.since', { on: formatDate(on, strings, { today, short: true }) })
  return (
    <Section title={t('reach.title')}>
      {customer.phones.length + customer.emails.length === 0 && <p className="cs-quiet">{t('reach.none')}</p>}
      <ul className="cs-rows">
        {customer.phones.map(phone => (
          <li key={String(phone.phoneId)} className="cs-spread">
            <span>
              {phone.shown}
              {phone.extension && ` ${t('reach.extension', { extension: phone.extension })}`}
              <span className="cs-quiet">
                {` · ${t(`reach.kind.${phone.kind}`)}`}
                {phone.mayText && ` · ${t('reach.mayText')}`}
              </span>
            </span>
            <span className="cs-quiet">{since(phone.validFrom)}</span>
          </li>
        ))}
        {customer.emails.map(email => (
          <li key={String(email.emailId)} className="cs-spread">
            <span>{email.address}</span>
            <span className="cs-quiet">{since(email.validFrom)}</span>
          </li>
        ))}
      </ul>
      <div className="cs-inline">
        <Button
          aria-label={t('changeWhat', { what: t('reach.title') })}
          disabledReason={why}
          onPress={() => setOpen(true)}
        >
          {t('change')}
        </Button>
      </div>
      {isOpen && <ReachDialog customer={customer} onClose={() => setOpen(false)} />}
    </Section>
  )
}
