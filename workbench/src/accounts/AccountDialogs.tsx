import { lazy, Suspense } from 'react'
import type { Opened, View } from './view.ts'

const OrderDialog = lazy(async () => ({
  default: (await import('../fieldwork/OrderDialog.tsx')).OrderDialog,
}))
const WhatIfDialog = lazy(async () => ({
  default: (await import('../billing/WhatIfDialog.tsx')).WhatIfDialog,
}))
const LeakCheckDialog = lazy(async () => ({
  default: (await import('../investigations/LeakCheckDialog.tsx')).LeakCheckDialog,
}))
const PlaceAlertDialog = lazy(async () => ({
  default: (await import('./PlaceDialogs.tsx')).PlaceAlertDialog,
}))
const PlaceHoldDialog = lazy(async () => ({ default: (await import('./PlaceDialogs.tsx')).PlaceHoldDialog }))
const TaskDialog = lazy(async () => ({ default: (await import('./TaskDialog.tsx')).TaskDialog }))

type DialogsProps = { view: View; opened: Opened | null; onClose: () => void }

/** The dialogs of the account page; each is fetched when first opened. */
export function AccountDialogs({ view, opened, onClose }: DialogsProps) {
  const { accountId } = view.account
  if (!opened) return null
  return (
    <Suspense fallback={null}>
      {opened.what === 'order' && (
        <OrderDialog
          view={view}
          onClose={onClose}
          {...(opened.kind ? { kind: opened.kind } : {})}
          {...(opened.instructions ? { instructions: opened.instructions } : {})}
        />
      )}
      {opened.what === 'what-if' && <WhatIfDialog view={view} onClose={onClose} />}
      {opened.what === 'leak' && <LeakCheckDialog view={view} onClose={onClose} />}
      {opened.what === 'alert' && <PlaceAlertDialog accountId={accountId} onClose={onClose} />}
      {opened.what === 'hold' && <PlaceHoldDialog accountId={accountId} onClose={onClose} />}
      {opened.what === 'task' && <TaskDialog view={view} onClose={onClose} />}
    </Suspense>
  )
}
