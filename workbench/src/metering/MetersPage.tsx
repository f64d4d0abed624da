import '../desk/desk.css'
import './metering.css'
import type { Output } from '@curbstop/kernel/endpoint'
import { type AccountId, asId } from '@curbstop/kernel/ids'
import { accounts, metering } from '@curbstop/server/contract/staff'
import { Columns, EmptyState, Link } from '@curbstop/ui'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { MissingPage } from '../shell/MissingPage.tsx'
import { paths } from '../shell/paths.ts'
import { openTab } from '../shell/tabs.ts'
import { useWords } from '../shell/words.ts'
import { EnterRead } from './EnterRead.tsx'
import { MeterFacts } from './MeterFacts.tsx'
import { ReadTable } from './ReadTable.tsx'
import { HistoryPanel } from './tests/HistoryPanel.tsx'

type Card = Output<typeof accounts.getAccountCard>
type PointId = NonNullable<Card['services'][number]['servicePointId']>
type Point = { id: PointId; service: Card['services'][number]['service'] }

/** The meters of an account: what hangs where, every read with its marks, and entering one. */
export function MetersPage() {
  const { accountId = '' } = useParams({ strict: false }) as { accountId?: string }
  if (!/^[1-9]\d{0,17}$/.test(accountId)) return <MissingPage />
  return <Meters key={accountId} accountId={asId<'account'>(accountId)} />
}

function Meters({ accountId }: { accountId: AccountId }) {
  const card = useAsk(accounts.getAccountCard, { accountId })
  useEffect(() => openTab(String(accountId)), [accountId])
  if (!card.data) {
    return (
      <Columns>
        <Answer of={card} lines={8}>
          {() => null}
        </Answer>
      </Columns>
    )
  }
  return <MetersOf card={card.data} />
}

function MetersOf({ card }: { card: Card }) {
  const t = useWords('metering')
  const points = pointsOf(card)
  const [chosen, choose] = useState<PointId | null>(points[0]?.id ?? null)
  const point = points.find(one => one.id === chosen) ?? null
  const meters = useAsk(
    metering.getMeters,
    { servicePointId: point?.id ?? asId<'service-point'>(1) },
    { enabled: point !== null },
  )
  const meter = meters.data?.[0] ?? null
  const head = (
    <div className="wb-head">
      <h1>{t('title', { number: card.number, name: card.customerName })}</h1>
      <span className="wb-head-end">
        <Link href={paths.account(card.accountId)}>{t('back')}</Link>
      </span>
    </div>
  )
  if (!point) {
    const isHidden = card.services.some(one => one.servicePointId === null)
    return (
      <Columns>
        {head}
        <EmptyState title={isHidden ? t('hidden') : t('none')}>{!isHidden && t('noneHelp')}</EmptyState>
      </Columns>
    )
  }
  return (
    <Columns
      leftLabel={t('points')}
      left={
        <>
          <MeterFacts points={points} chosen={point.id} onChoose={choose} meters={meters} />
          <HistoryPanel
            key={`history ${point.id}`}
            servicePointId={point.id}
            accountId={card.accountId}
            hasMeter={meter !== null}
          />
        </>
      }
      right={<EnterRead key={String(meter?.meterId ?? point.id)} meter={meter} accountId={card.accountId} />}
      rightLabel={t('enter.title')}
    >
      {head}
      <ReadTable key={String(point.id)} servicePointId={point.id} />
    </Columns>
  )
}

/** Service points of the account, those in service first, each once, sewer last: it has no meter. */
function pointsOf(card: Card): readonly Point[] {
  const seen = new Map<PointId, Point>()
  const open = [...card.services].sort((a, b) => Number(a.toOn !== null) - Number(b.toOn !== null))
  for (const one of open) {
    if (one.servicePointId && !seen.has(one.servicePointId))
      seen.set(one.servicePointId, { id: one.servicePointId, service: one.service })
  }
  return [...seen.values()].sort((a, b) => Number(a.service === 'sewer') - Number(b.service === 'sewer'))
}
