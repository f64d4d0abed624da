import type { AccountId } from '@curbstop/kernel/ids'
import { accounts } from '@curbstop/server/contract/staff'
import { Link } from '@curbstop/ui'
import { useAsk } from '../shell/ask.ts'
import { paths } from '../shell/paths.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'

/** The account's number and name where the reader may see accounts. */
export function AccountLink({ accountId }: { accountId: AccountId }) {
  const t = useWords('desk')
  const maySee = useMay('accounts.see')
  const card = useAsk(accounts.getAccountCard, { accountId }, { staleTime: 300_000, enabled: maySee })
  if (!maySee) return null
  const words = card.data ? `${card.data.number} ${card.data.customerName}` : t('facts.openAccount')
  return <Link href={paths.account(accountId)}>{words}</Link>
}
