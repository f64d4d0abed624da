import './account.css'
import { type AccountId, asId } from '@curbstop/kernel/ids'
import { reports } from '@curbstop/server/contract/staff'
import { Button, Columns, EmptyState, Skeleton } from '@curbstop/ui'
import { useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { WhyPanel } from '../billing/WhyPanel.tsx'
import { ContactPanel } from '../contacts/ContactPanel.tsx'
import { ContactStrip } from '../contacts/ContactStrip.tsx'
import { noteStep } from '../contacts/steps.ts'
import { CausesPanel } from '../investigations/CausesPanel.tsx'
import { useAsk } from '../shell/ask.ts'
import { MissingPage } from '../shell/MissingPage.tsx'
import { useMay } from '../shell/session.ts'
import { openTab } from '../shell/tabs.ts'
import { useWords } from '../shell/words.ts'
import { AccountVariancePanel } from '../variances/AccountVariancePanel.tsx'
import { AccountDialogs } from './AccountDialogs.tsx'
import { MoneyPanel } from './MoneyPanel.tsx'
import { NextPanel } from './NextPanel.tsx'
import { useAccountDeeds } from './page-deeds.ts'
import { SpeakPanel } from './SpeakPanel.tsx'
import { TimelinePanel } from './TimelinePanel.tsx'
import { UsePanel } from './UsePanel.tsx'
import type { Opened, View } from './view.ts'
import { ReachPanel, WhoPanel } from './WhoPanel.tsx'
import { WorkPanel } from './WorkPanel.tsx'

/** One caller, one screen: facts on the left, the story in the middle, the conversation on the right. */
export function Account360Page() {
  const { accountId = '' } = useParams({ strict: false }) as { accountId?: string }
  if (!/^[1-9]\d{0,17}$/.test(accountId)) return <MissingPage />
  return <Account360 key={accountId} accountId={asId<'account'>(accountId)} />
}

function Account360({ accountId }: { accountId: AccountId }) {
  const t = useWords('accounts')
  const page = useAsk(reports.getAccount360, { accountId })
  useEffect(() => openTab(String(accountId)), [accountId])
  if (page.data) return <AccountColumns view={page.data} />
  if (page.isPending) return <AccountSkeleton />
  const isGone = page.error.status === 404
  return (
    <Columns right={<ContactPanel view={null} />} rightLabel={t('rightLabel')}>
      <EmptyState
        title={isGone ? t('gone') : page.error.message}
        actions={isGone ? null : <Button onPress={() => void page.refetch()}>{t('goneRetry')}</Button>}
      >
        {isGone ? t('goneHelp') : null}
      </EmptyState>
    </Columns>
  )
}

function AccountColumns({ view }: { view: View }) {
  const t = useWords('accounts')
  const [opened, setOpened] = useState<Opened | null>(null)
  const why = useRef<HTMLDivElement>(null)
  const timeline = useRef<HTMLDivElement>(null)
  const mayWrite = useMay('contacts.write')
  const mayLook = useMay('investigations.see')
  const { accountId } = view.account
  useEffect(() => noteStep(accountId, { kind: 'opened-account', facts: {} }), [accountId])
  useAccountDeeds({ view, open: setOpened, why, timeline })
  return (
    <>
      <Columns
        leftLabel={t('leftLabel')}
        rightLabel={t('rightLabel')}
        rightStrip={<ContactStrip />}
        left={
          <>
            <WhoPanel view={view} />
            <MoneyPanel view={view} />
            <NextPanel view={view} />
            <AccountVariancePanel view={view} />
            <WorkPanel view={view} onPlace={what => setOpened({ what })} />
            <ReachPanel view={view} />
            <SpeakPanel view={view} />
          </>
        }
        right={
          (mayWrite || mayLook) && (
            <>
              <ContactPanel view={view} />
              <CausesPanel view={view} onOpen={setOpened} />
            </>
          )
        }
      >
        <UsePanel view={view} />
        {view.billing.latest && <WhyPanel view={view} root={why} />}
        <TimelinePanel view={view} root={timeline} />
      </Columns>
      <AccountDialogs view={view} opened={opened} onClose={() => setOpened(null)} />
    </>
  )
}

/** The page that is coming, in its shape. */
function AccountSkeleton() {
  const t = useWords('accounts')
  const part = (lines: number) => <Skeleton lines={lines} label={t('loading')} />
  return (
    <Columns
      left={
        <>
          {part(4)}
          {part(6)}
          {part(5)}
        </>
      }
      right={
        <>
          <ContactPanel view={null} />
          {part(6)}
        </>
      }
      leftLabel={t('leftLabel')}
      rightLabel={t('rightLabel')}
    >
      <div className="wb-skeleton-chart" />
      {part(6)}
      {part(10)}
    </Columns>
  )
}
