/** Starts the contact with a customer whose use is up, with the note begun, and opens the account. */

import { contacts } from '@curbstop/server/contract/staff'
import { formatDate, useToast, useUi } from '@curbstop/ui'
import { useNavigate } from '@tanstack/react-router'
import { takeInHand, useKeepContact } from '../../contacts/in-hand.ts'
import { useDo } from '../../shell/ask.ts'
import { call } from '../../shell/call.ts'
import { paths } from '../../shell/paths.ts'
import { useWords } from '../../shell/words.ts'
import { gallonsText } from './format.ts'
import type { ExceptionLine } from './shapes.ts'

export function useCall() {
  const t = useWords('readBook')
  const { strings, today } = useUi()
  const navigate = useNavigate()
  const toasts = useToast()
  const keep = useKeepContact()
  const start = useDo(contacts.startContact)
  const noteOf = ({ onDate, gallons, expectedGallons, says }: ExceptionLine) => {
    const on = formatDate(onDate, strings, { today })
    if (gallons === null || expectedGallons === null) return t('note.plain', { on, says })
    return t('note.high', {
      on,
      gallons: gallonsText(gallons),
      expected: gallonsText(expectedGallons),
    })
  }
  const begin = async (line: ExceptionLine) => {
    const { accountId } = line
    if (accountId === null) return
    const begun = await start.mutateAsync({ channel: 'phone', direction: 'out', accountId })
    const { contactId } = begun
    const note = noteOf(line)
    const { version } = await call(contacts.keepDraft, { contactId, note, reason: 'high-bill' })
    keep(contactId, { ...begun, note, reason: 'high-bill', version })
    takeInHand(contactId)
    toasts.show({ text: t('high.started') })
    void navigate({ to: paths.account(accountId) })
  }
  return {
    isStarting: start.isPending,
    begin: (line: ExceptionLine) =>
      void begin(line).catch((error: Error) => toasts.show({ text: error.message })),
  }
}
