import './contacts.css'
import { LinkButton, Section, Skeleton } from '@curbstop/ui'
import { useEffect, useRef, useState } from 'react'
import type { View } from '../accounts/view.ts'
import { useDeeds } from '../shell/keys.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { CallerProof } from './CallerProof.tsx'
import { ContactAbout } from './ContactAbout.tsx'
import { ContactClock } from './ContactStrip.tsx'
import { ContactWriting } from './ContactWriting.tsx'
import { DiscardDialog } from './DiscardDialog.tsx'
import { focusContact, focusPlace, onFocusContact } from './focus.ts'
import { type ContactInHand, useInHand } from './in-hand.ts'
import { StartContact } from './StartContact.tsx'
import { useStepSending, useUnsavedDot } from './use-writing.ts'

/** The conversation in hand. It stays while the advisor walks through pages, and writes itself. */
export function ContactPanel({ view }: { view: View | null }) {
  const t = useWords('contacts')
  const mayWrite = useMay('contacts.write')
  const root = useRef<HTMLDivElement>(null)
  const { contact, isPending } = useInHand()
  useEffect(
    () =>
      onFocusContact(place => {
        const isOpen = root.current?.querySelector('[data-contact="note"]') !== null
        focusPlace(root.current, isOpen && place === 'start' ? 'note' : isOpen ? place : 'start')
      }),
    [],
  )
  useDeeds(
    mayWrite
      ? [
          {
            id: 'contact',
            title: t('deeds.start'),
            section: t('deeds.section'),
            keys: 'c',
            run: () => focusContact('start'),
          },
          {
            id: 'contact-note',
            title: t('deeds.note'),
            section: t('deeds.section'),
            keys: 'n',
            run: () => focusContact('note'),
          },
        ]
      : [],
  )
  if (!mayWrite) return null
  return (
    <div ref={root}>
      {contact ? (
        <OpenContact key={String(contact.contactId)} contact={contact} view={view} />
      ) : isPending ? (
        <Skeleton lines={5} />
      ) : (
        <StartContact view={view} />
      )}
    </div>
  )
}

function OpenContact({ contact, view }: { contact: ContactInHand; view: View | null }) {
  const t = useWords('contacts')
  useStepSending(contact)
  useUnsavedDot(contact)
  const [isDiscarding, setDiscarding] = useState(false)
  useDeeds([
    {
      id: 'contact-discard',
      title: t('deeds.discard'),
      section: t('deeds.section'),
      run: () => setDiscarding(true),
    },
  ])
  const isHere = view !== null && contact.accountId === view.account.accountId
  return (
    <Section
      title={t('title')}
      actions={
        <span className="wb-contact-end">
          <LinkButton onPress={() => setDiscarding(true)}>{t('discard')}</LinkButton>
          <ContactClock since={contact.startedAt} />
        </span>
      }
    >
      <div className="cs-stack">
        <ContactAbout contact={contact} view={view} />
        <CallerProof contact={contact} view={isHere ? view : null} />
        <ContactWriting contact={contact} />
      </div>
      {isDiscarding && <DiscardDialog contact={contact} onClose={() => setDiscarding(false)} />}
    </Section>
  )
}
