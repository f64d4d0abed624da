/** Saves the contact in hand in one call, follow-up included. */
import { formatDay } from '@curbstop/kernel/dates'
import { contacts } from '@curbstop/server/contract/staff'
import { useToast, useUi } from '@curbstop/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { type ApiError, call, newKey } from '../shell/call.ts'
import { useRefreshAccount } from '../shell/refresh.ts'
import { useWords } from '../shell/words.ts'
import { type Draft, effective, forgetDraft } from './draft.ts'
import { type ContactInHand, takeInHand } from './in-hand.ts'
import { useDraftKeeping } from './use-writing.ts'

export function useSaving(contact: ContactInHand, draft: Draft) {
  const t = useWords('contacts')
  const toasts = useToast()
  const client = useQueryClient()
  const { today } = useUi()
  const refresh = useRefreshAccount(contact.accountId)
  const settle = useDraftKeeping(contact, draft)
  const key = useRef(newKey())
  const now = effective(draft, contact)
  const { contactId } = contact
  const blocked = !now.reason
    ? t('saveNeeds.reason')
    : now.note.trim() === ''
      ? t('saveNeeds.note')
      : !now.outcome
        ? t('saveNeeds.outcome')
        : null
  const saving = useMutation<unknown, ApiError>({
    mutationFn: async () => {
      const version = await settle()
      const followUp = draft.followUp?.dueOn
        ? { title: draft.followUp.title, dueOn: draft.followUp.dueOn }
        : null
      return call(
        contacts.saveContact,
        {
          contactId,
          version,
          reason: now.reason!,
          outcome: now.outcome!,
          note: now.note,
          isComplaint: now.isComplaint,
          followUp,
        },
        { key: key.current },
      )
    },
    onError: () => {
      key.current = newKey()
    },
    onSuccess: () => {
      const dueOn = draft.followUp?.dueOn
      toasts.show({
        text: dueOn ? t('savedTask', { on: formatDay(dueOn, today ?? dueOn) }) : t('saved'),
      })
      forgetDraft(String(contactId))
      takeInHand(null)
      refresh()
      void client.invalidateQueries({ queryKey: [contacts.listMyDrafts.path] })
    },
  })
  const save = () => {
    if (!blocked && !saving.isPending) saving.mutate()
  }
  return { save, blocked, isSaving: saving.isPending, error: saving.error }
}
