/** The research of a high bill: opened by the first answer, step or order, then worked on. */
import type { Output } from '@curbstop/kernel/endpoint'
import type { AccountId, Id } from '@curbstop/kernel/ids'
import { investigations } from '@curbstop/server/contract/staff'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useInHand } from '../contacts/in-hand.ts'
import { useAsk, useDo } from '../shell/ask.ts'
import { useRefreshAccount } from '../shell/refresh.ts'

export type CaseView = Output<typeof investigations.get>
type CaseId = Id<'investigation'>

/** `begin` answers the open case, opening one when there is none. */
export function useCase(accountId: AccountId, known: CaseId | null) {
  const client = useQueryClient()
  const refresh = useRefreshAccount(accountId)
  const { contact } = useInHand()
  const open = useDo(investigations.open)
  const asked = useAsk(
    investigations.get,
    { accountId, investigationId: known ?? (1n as CaseId) },
    { enabled: known !== null },
  )
  const keep = useCallback(
    (view: CaseView) => {
      client.setQueryData(
        [investigations.get.path, { accountId, investigationId: view.investigationId }],
        view,
      )
      refresh()
    },
    [client, accountId, refresh],
  )
  const begin = async (): Promise<CaseId> => {
    if (known !== null) return known
    const contactId = contact?.accountId === accountId ? contact.contactId : undefined
    const view = await open.mutateAsync({ accountId, ...(contactId ? { contactId } : {}) })
    keep(view)
    return view.investigationId
  }
  return { view: asked.data ?? null, begin, keep, openError: open.error ?? asked.error }
}
