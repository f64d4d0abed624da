import type { Input } from '@curbstop/kernel/endpoint'
import { contacts } from '@curbstop/server/contract/staff'
import { Button, Form, Section, SegmentedControl, Select, TextField } from '@curbstop/ui'
import { useState } from 'react'
import type { View } from '../accounts/view.ts'
import { useDo } from '../shell/ask.ts'
import { fieldErrors } from '../shell/call.ts'
import { useWords } from '../shell/words.ts'
import { takeInHand, useKeepContact } from './in-hand.ts'

type Channel = Input<typeof contacts.startContact>['channel']
const common = ['phone', 'counter'] as const
const others = ['email', 'fax', 'mail', 'portal', 'ivr', 'field'] as const

/** Begins a contact: by phone with the number, at the counter with the name, or by any other channel. */
export function StartContact({ view }: { view: View | null }) {
  const t = useWords('contacts')
  const keep = useKeepContact()
  const start = useDo(contacts.startContact)
  const [channel, setChannel] = useState<Channel>('phone')
  const [phone, setPhone] = useState('')
  const [name, setName] = useState('')
  const isPhone = channel === 'phone'
  const isOther = channel !== 'phone' && channel !== 'counter'
  const submit = () =>
    start.mutate(
      {
        channel,
        direction: 'in',
        phone: isPhone && phone.trim() ? phone : null,
        callerName: !isPhone && name.trim() ? name : null,
        accountId: view?.account.accountId ?? null,
        customerId: view?.account.customerId ?? null,
      },
      {
        onSuccess: contact => {
          keep(contact.contactId, contact)
          takeInHand(contact.contactId)
        },
      },
    )
  return (
    <Section title={t('title')}>
      <Form
        label={t('none.start')}
        onSubmit={submit}
        errors={fieldErrors(start.error)}
        error={start.error?.message}
      >
        <p className="cs-quiet">{t('none.help')}</p>
        <SegmentedControl
          small
          label={t('none.channel')}
          options={[
            ...common.map(id => ({ id: id as Channel | 'other', label: t(`channel.${id}`) })),
            { id: 'other' as const, label: t('other') },
          ]}
          value={isOther ? 'other' : channel}
          onChange={id => setChannel(id === 'other' ? 'email' : id)}
        />
        {isOther && (
          <Select
            label={t('none.channel')}
            hideLabel
            options={others.map(id => ({ id: id as Channel, label: t(`channel.${id}`) }))}
            value={channel}
            onChange={setChannel}
          />
        )}
        <div data-contact="start">
          {isPhone ? (
            <TextField
              label={t('none.phone')}
              name="phone"
              type="tel"
              inputMode="tel"
              optional
              value={phone}
              onChange={setPhone}
            />
          ) : (
            <TextField label={t('none.name')} name="callerName" optional value={name} onChange={setName} />
          )}
        </div>
        <div className="cs-inline">
          <Button type="submit" variant="primary" kbd="c" busy={start.isPending}>
            {t('none.start')}
          </Button>
          {view && <span className="cs-quiet">{t('none.about', { number: view.account.number })}</span>}
        </div>
      </Form>
    </Section>
  )
}
