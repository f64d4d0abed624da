import { contacts } from '@curbstop/server/contract/staff'
import { ConfirmDialog, useToast } from '@curbstop/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useDo } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'
import { forgetDraft } from './draft.ts'
import { type ContactInHand, takeInHand } from './in-hand.ts'

export function DiscardDialog({ contact, onClose }: { contact: ContactInHand; onClose: () => void }) {
  const t = useWords('contacts')
  const toasts = useToast()
  const client = useQueryClient()
  const discard = useDo(contacts.discardContact)
  const { contactId } = contact
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('discardTitle')}
      confirmLabel={t('discardDo')}
      danger
      onConfirm={async () => {
        await discard.mutateAsync({ contactId })
        forgetDraft(String(contactId))
        takeInHand(null)
        void client.invalidateQueries({ queryKey: [contacts.listMyDrafts.path] })
        toasts.show({ text: t('discarded') })
      }}
      errorText={error => (error as Error).message}
    >
      {t('discardHelp')}
    </ConfirmDialog>
  )
}
