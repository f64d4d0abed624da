import '../desk/desk.css'
import './variances.css'
import { asId } from '@curbstop/kernel/ids'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { MissingPage } from '../shell/MissingPage.tsx'
import { openTab } from '../shell/tabs.ts'
import { NewVariance } from './NewVariance.tsx'
import { OneVariance } from './OneVariance.tsx'

const isId = (text: string) => /^[1-9]\d{0,17}$/.test(text)

/** The variance at the counter: a new request, or one that was taken. */
export function VariancePage() {
  const { accountId = '', varianceId = '' } = useParams({ strict: false }) as Record<string, string>
  const isRight = isId(accountId) && (varianceId === 'new' || isId(varianceId))
  useEffect(() => {
    if (isRight) openTab(accountId)
  }, [accountId, isRight])
  if (!isRight) return <MissingPage />
  const account = asId<'account'>(accountId)
  return varianceId === 'new' ? (
    <NewVariance key={accountId} accountId={account} />
  ) : (
    <OneVariance key={varianceId} accountId={account} varianceId={varianceId} />
  )
}
