import type { AccountId, ServicePointId } from '@curbstop/kernel/ids'
import { formatDollars } from '@curbstop/kernel/money'
import { metering } from '@curbstop/server/contract/staff'
import { Button, formatDate, formatNumber, Link, Section, useUi } from '@curbstop/ui'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer } from '../../shell/Answer.tsx'
import { useAsk } from '../../shell/ask.ts'
import { useDeeds } from '../../shell/keys.ts'
import { paths } from '../../shell/paths.ts'
import { useMay } from '../../shell/session.ts'
import { useWords } from '../../shell/words.ts'
import { HazardList } from './HazardList.tsx'
import { OrderTestDialog } from './OrderTestDialog.tsx'
import type { History } from './shapes.ts'

type Props = { servicePointId: ServicePointId; accountId: AccountId; hasMeter: boolean }

/** Tests, exchanges, reads in doubt and skipped reads of a place, and what bites there. */
export function HistoryPanel({ servicePointId, accountId, hasMeter }: Props) {
  const t = useWords('meterTests')
  const navigate = useNavigate()
  const mayOrder = useMay('fieldwork.order')
  const asked = useAsk(metering.getPlaceHistory, { servicePointId })
  const [isOrdering, setOrdering] = useState(false)
  const why = mayOrder ? (hasMeter ? null : t('order.noMeter')) : t('act.mayNotOrder')
  useDeeds([
    {
      ...{ id: 'meter-test-order', title: t('order.open'), keys: 'm', section: t('section') },
      run: () => setOrdering(true),
      ...(why ? { blocked: why } : {}),
    },
  ])
  return (
    <>
      <Answer of={asked} lines={4}>
        {history => (
          <>
            <HazardList title={t('history.hazards')} hazards={history.hazards} />
            <Tests
              history={history}
              action={
                <Button kbd="m" disabledReason={why} onPress={() => setOrdering(true)}>
                  {t('order.open')}
                </Button>
              }
            />
            <Exchanges history={history} />
            <Doubts history={history} />
            <Skips history={history} />
          </>
        )}
      </Answer>
      {isOrdering && (
        <OrderTestDialog
          {...{ servicePointId, accountId }}
          onOrdered={testId => void navigate({ to: paths.meterTest(testId) })}
          onClose={() => setOrdering(false)}
        />
      )}
    </>
  )
}

type Part = { history: History }

function useDay() {
  const { strings, today } = useUi()
  return (on: Parameters<typeof formatDate>[0]) => formatDate(on, strings, { today, short: true })
}

function Tests({ history, action }: Part & { action: React.ReactNode }) {
  const t = useWords('meterTests')
  const day = useDay()
  return (
    <Section title={t('history.tests')} actions={action}>
      {history.tests.length === 0 && <p className="cs-quiet">{t('history.noTests')}</p>}
      <ul className="cs-rows">
        {history.tests.map(test => (
          <li key={String(test.testId)}>
            <Link href={paths.meterTest(test.testId)}>
              {t('title', { serial: test.serial || t('history.hidden') })}
            </Link>{' '}
            {test.result
              ? `${day(test.result.testedOn)} · ${formatNumber(test.result.accuracy)} % · ${t(`verdict.${test.result.verdict as 'fast'}`)}`
              : `${t('waiting')} · ${t(`orderState.${test.orderState as 'ready'}`)}`}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Exchanges({ history }: Part) {
  const t = useWords('meterTests')
  const day = useDay()
  if (history.exchanges.length === 0) return null
  const dials = (values: readonly bigint[]) => values.map(value => formatNumber(value)).join(' / ')
  return (
    <Section title={t('history.exchanges')}>
      <ul className="cs-rows">
        {history.exchanges.map(one => {
          const out = { on: day(one.on), out: one.outSerial, outValues: dials(one.outValues) }
          return (
            <li key={`${one.on} ${one.outSerial}`}>
              {one.inSerial
                ? t('history.exchange', { ...out, in: one.inSerial, inValues: dials(one.inValues) })
                : t('history.exchangeOut', out)}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

function Doubts({ history }: Part) {
  const t = useWords('meterTests')
  const day = useDay()
  if (history.exceptions.length === 0) return null
  return (
    <Section title={t('history.exceptions')}>
      <ul className="cs-rows">
        {history.exceptions.map(one => (
          <li key={`${one.onDate} ${one.rule} ${one.serial}`}>
            {t('history.exception', {
              on: day(one.onDate),
              rule: one.ruleName ?? one.rule,
              amount: formatDollars(one.atStakeCents),
            })}{' '}
            <span className="cs-quiet">
              {one.decision
                ? t('history.decided', {
                    decision: one.decision,
                    by: one.decidedBy ?? '',
                    reason: one.decisionReason ?? '',
                  })
                : t('history.open')}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Skips({ history }: Part) {
  const t = useWords('meterTests')
  const day = useDay()
  if (history.skips.length === 0) return null
  return (
    <Section title={t('history.skips')}>
      <ul className="cs-rows">
        {history.skips.map(one => (
          <li key={`${one.on} ${one.code}`}>
            {t('history.skip', { on: day(one.on), code: one.code, words: one.words })}
          </li>
        ))}
      </ul>
    </Section>
  )
}
