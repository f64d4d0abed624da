/** What every change of a customer shares: may I, and what is asked anew afterwards. */
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import type { Customer } from './CustomerPage.tsx'

/** Why this card cannot be changed by this person now, or null. */
export function useWhyNotChange(customer: Customer): string | null {
  const t = useWords('customers')
  const mayEdit = useMay('customers.edit')
  if (!mayEdit) return t('forbidden')
  if (customer.visibility === 'hidden') return t('hidden')
  return customer.visibility === 'sealed' ? t('sealed') : null
}

export const useRefreshCustomer = () => useRefreshArea('customers', 'accounts', 'reports')
