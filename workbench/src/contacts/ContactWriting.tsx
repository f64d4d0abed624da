import { addDays } from '@curbstop/kernel/dates'
import { contacts } from '@curbstop/server/contract/staff'
import { Alert, Button, Checkbox, ComboBox, LinkButton, Select, TextArea, useUi } from '@curbstop/ui'
import { useEffect } from 'react'
import { useAsk } from '../shell/ask.ts'
import { useDeeds } from '../shell/keys.ts'
import { useWords } from '../shell/words.ts'
import { effective, type Outcome, useDraft } from './draft.ts'
import { FollowUpFields } from './FollowUpFields.tsx'
import { focusPlace, onFocusContact } from './focus.ts'
import type { ContactInHand } from './in-hand.ts'
import { useSaving } from './use-saving.ts'

const outcomes = ['resolved', 'follow-up', 'referred', 'no-answer'] as const satisfies readonly Outcome[]

/** Reason, the note that wrote itself, how it ended, what follows; saved with one key. */
export function ContactWriting({ contact }: { contact: ContactInHand }) {
  const t = useWords('contacts')
  const { today } = useUi()
  const [draft, change] = useDraft(String(contact.contactId))
  const reasons = useAsk(contacts.listReasons, {}, { staleTime: 3_600_000 })
  const now = effective(draft, contact)
  const { save, blocked, isSaving, error } = useSaving(contact, draft)
  const followUp = () => {
    if (!draft.followUp) {
      const title = t('followUp.suggestion', { name: contact.callerName ?? '' }).trim()
      change({ followUp: { title, dueOn: today ? addDays(today, 3) : null } })
    }
    setTimeout(() => focusPlace(document.querySelector('.wb-writing'), 'follow-up'), 30)
  }
  useEffect(() => onFocusContact(place => place === 'follow-up' && followUp()))
  useDeeds([
    {
      id: 'contact-save',
      title: t('deeds.save'),
      section: t('deeds.section'),
      keys: '$mod+Enter',
      whileTyping: true,
      run: () => document.querySelector('[role="dialog"],[role="alertdialog"]') === null && save(),
      ...(blocked ? { blocked } : {}),
    },
  ])
  return (
    <div className="wb-writing cs-stack">
      <div data-contact="reason">
        <ComboBox
          key={now.reason ?? 'none'}
          label={t('reason')}
          options={(reasons.data ?? []).map(one => ({ id: one.reason, label: one.name }))}
          value={now.reason}
          onChange={reason => change({ reason })}
        />
      </div>
      <div data-contact="note">
        <TextArea
          label={now.isDrafted ? t('note.drafted') : t('note.edited')}
          value={now.note}
          onChange={note => change({ note })}
          placeholder={t('note.placeholder')}
          rows={4}
          maxLength={4000}
        />
        {!now.isDrafted && contact.draftNote && now.note !== contact.draftNote && (
          <LinkButton onPress={() => change({ note: contact.draftNote })}>{t('note.redraft')}</LinkButton>
        )}
      </div>
      <div className="wb-outcome">
        <Select
          label={t('outcomeLabel')}
          options={outcomes.map(id => ({ id, label: t(`outcome.${id}`) }))}
          value={now.outcome}
          onChange={outcome => change({ outcome })}
        />
        <Checkbox checked={now.isComplaint} onChange={isComplaint => change({ isComplaint })}>
          <span title={t('complaintHelp')}>{t('complaint')}</span>
        </Checkbox>
      </div>
      {draft.followUp && (
        <FollowUpFields followUp={draft.followUp} onChange={next => change({ followUp: next })} />
      )}
      {error && <Alert tone="red" live title={error.message} />}
      <div className="cs-inline">
        <Button variant="primary" kbd="Ctrl+⏎" onPress={save} busy={isSaving} disabledReason={blocked}>
          {t('save')}
        </Button>
        {!draft.followUp && (
          <Button kbd="t" onPress={followUp}>
            {t('followUp.open')}
          </Button>
        )}
      </div>
    </div>
  )
}
