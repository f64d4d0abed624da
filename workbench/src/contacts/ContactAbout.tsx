import { contacts } from '@curbstop/server/contract/staff'
import { Alert, Link, LinkButton } from '@curbstop/ui'
import { useState } from 'react'
import type { View } from '../accounts/view.ts'
import { useDo } from '../shell/ask.ts'
import { paths } from '../shell/paths.ts'
import { ReasonDialog } from '../shell/ReasonDialog.tsx'
import { useWords } from '../shell/words.ts'
import { type ContactInHand, useKeepContact } from './in-hand.ts'

/** Who it is and what it is about: `Phone · (530) 555-0148 · maybe Ana Ruiz`. */
export function ContactAbout({ contact, view }: { contact: ContactInHand; view: View | null }) {
  const t = useWords('contacts')
  const keep = useKeepContact()
  const attach = useDo(contacts.attachContact)
  const { contactId, accountId, matches } = contact
  const about = (change: Partial<Parameters<typeof attach.mutate>[0]>) =>
    attach.mutate({ contactId, ...change }, { onSuccess: answer => keep(contactId, answer) })
  const here = view?.account
  const takeHere = () => here && about({ accountId: here.accountId, customerId: here.customerId })
  const [isMoving, setMoving] = useState(false)
  const moveHere = async (reason: string) => {
    if (!here) return
    const { accountId: to, customerId } = here
    keep(contactId, await attach.mutateAsync({ contactId, accountId: to, customerId, reason }))
  }
  const channel = t(`channel.${contact.channel}`)
  return (
    <div>
      <p>
        {channel[0]?.toUpperCase() + channel.slice(1)}
        {contact.callerPhone && ` · ${contact.callerPhone}`}
        {contact.callerName && (
          <>
            {' · '}
            <strong>{contact.callerName}</strong>
          </>
        )}
      </p>
      {matches.map(match => {
        const words = match.authorizedName
          ? t('maybeFor', { name: match.authorizedName, customer: match.name })
          : t('maybe', { name: match.name })
        const isTaken = contact.customerId === match.customerId
        return (
          <p key={`${match.customerId}-${match.authorizedId ?? ''}`}>
            <strong>{words}</strong>{' '}
            {!isTaken && (
              <LinkButton
                onPress={() =>
                  about({ customerId: match.customerId, callerName: match.authorizedName ?? match.name })
                }
              >
                {t('take')}
              </LinkButton>
            )}
          </p>
        )
      })}
      {matches.length === 0 && contact.callerPhone && <OnFile phone={contact.callerPhone} view={view} />}
      {here && accountId === null && (
        <LinkButton onPress={takeHere}>{t('attach', { number: here.number })}</LinkButton>
      )}
      {accountId !== null && accountId !== here?.accountId && (
        <Alert
          tone="quiet"
          title={t('elsewhere')}
          actions={
            <span className="cs-inline">
              <Link href={paths.account(accountId)}>{t('go')}</Link>
              {here && <LinkButton onPress={() => setMoving(true)}>{t('move')}</LinkButton>}
            </span>
          }
        />
      )}
      {isMoving && here && (
        <ReasonDialog
          title={t('moveTitle', { number: here.number })}
          label={t('moveReason')}
          missing={t('moveMissing')}
          confirmLabel={t('moveDo')}
          onClose={() => setMoving(false)}
          onConfirm={moveHere}
        >
          <p>{t('moveHelp')}</p>
        </ReasonDialog>
      )}
      {attach.error && !isMoving && <Alert tone="red" live title={attach.error.message} />}
    </div>
  )
}

/** Whose number it is on this account, as far as the card says; never shown as certain. */
function OnFile({ phone, view }: { phone: string; view: View | null }) {
  const t = useWords('contacts')
  const customer = view?.customer
  const speaker = customer?.authorized.find(one => one.phone === phone && one.state === 'in-force')
  if (customer?.phones.some(one => one.shown === phone))
    return <strong>{t('maybe', { name: customer.name })}</strong>
  if (customer && speaker)
    return <strong>{t('maybeFor', { name: speaker.name, customer: customer.name })}</strong>
  return <p className="cs-quiet">{customer ? t('notOnFile') : t('unknown')}</p>
}
