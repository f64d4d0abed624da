import { metering } from '@curbstop/server/contract/staff'
import { formatDate, formatNumber, LinkButton, Section, useToast, useUi } from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../../shell/ask.ts'
import { ReasonDialog } from '../../shell/ReasonDialog.tsx'
import { useRefreshArea } from '../../shell/refresh-area.ts'
import { useMay } from '../../shell/session.ts'
import { useWords } from '../../shell/words.ts'
import type { Result, Test } from './shapes.ts'

/** Every result that was entered, the void ones struck through: nothing of it is ever edited. */
export function ResultList({ test }: { test: Test }) {
  const t = useWords('meterTests')
  const [voiding, setVoiding] = useState<Result | null>(null)
  if (test.results.length === 0) return null
  return (
    <Section title={t('results.title')}>
      <div className="cs-stack">
        {test.results.map(result => (
          <OneResult key={String(result.resultId)} result={result} onVoid={() => setVoiding(result)} />
        ))}
      </div>
      {voiding && <VoidResult test={test} result={voiding} onClose={() => setVoiding(null)} />}
    </Section>
  )
}

function OneResult({ result, onVoid }: { result: Result; onVoid: () => void }) {
  const t = useWords('meterTests')
  const { strings, today } = useUi()
  const mayTest = useMay('metering.test')
  const { voided } = result
  return (
    <div>
      <p className={voided ? 'wb-void' : undefined}>
        <strong>
          {t('results.head', {
            on: formatDate(result.testedOn, strings, { today }),
            place: t(`enter.${result.place}`).toLowerCase(),
            accuracy: formatNumber(result.accuracy),
            verdict: t(`verdict.${result.verdict}`),
          })}
        </strong>{' '}
        <span className="cs-quiet">{t('results.byline', { by: result.enteredBy })}</span>
      </p>
      {voided && <p className="cs-quiet">{t('results.voided', { reason: voided.reason, by: voided.by })}</p>}
      {!voided && <Points result={result} />}
      {result.note && <p className="wb-prose">{result.note}</p>}
      {!voided && mayTest && <LinkButton onPress={onVoid}>{t('results.void')}</LinkButton>}
    </div>
  )
}

function Points({ result }: { result: Result }) {
  const t = useWords('meterTests')
  return (
    <div className="cs-table-scroll">
      <table className="cs-table wb-test-points">
        <thead>
          <tr>
            <th scope="col">{t('enter.flow')}</th>
            {(['gpm', 'through', 'registered', 'accuracy', 'limits'] as const).map(head => (
              <th key={head} scope="col" className="cs-cell-end">
                {t(`enter.${head}`)}
              </th>
            ))}
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {result.points.map(point => (
            <tr key={`${point.point} ${point.gpm} ${point.registeredGallons}`}>
              <th scope="row" className="wb-test-flow">
                {t(`points.${point.point}`)}
              </th>
              <td className="cs-cell-end">{formatNumber(point.gpm)}</td>
              <td className="cs-cell-end">{formatNumber(point.throughGallons)}</td>
              <td className="cs-cell-end">{formatNumber(point.registeredGallons)}</td>
              <td className="cs-cell-end">{`${formatNumber(point.accuracy)} %`}</td>
              <td className="cs-cell-end">
                {point.most === null
                  ? t('enter.atLeast', { least: point.least })
                  : t('enter.between', { least: point.least, most: point.most })}
              </td>
              <td data-passed={point.passed}>
                {t(point.passed ? 'enter.passes' : 'enter.fails', { rule: point.rule })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function VoidResult({ test, result, onClose }: { test: Test; result: Result; onClose: () => void }) {
  const t = useWords('meterTests')
  const toasts = useToast()
  const refresh = useRefreshArea('metering', 'billing', 'reports', 'desk')
  const ask = useDo(metering.voidMeterTest)
  return (
    <ReasonDialog
      title={t('results.voidTitle')}
      label={t('results.voidReason')}
      missing={t('results.voidMissing')}
      confirmLabel={t('results.void')}
      danger
      onClose={onClose}
      onConfirm={async reason => {
        await ask.mutateAsync({ testId: test.testId, resultId: result.resultId, reason })
        refresh()
        toasts.show({ text: t('results.voidDone') })
      }}
    >
      <p className="cs-quiet">{t('results.voidHelp')}</p>
    </ReasonDialog>
  )
}
