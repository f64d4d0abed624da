import type { Id } from '@curbstop/kernel/ids'
import { formatDollars } from '@curbstop/kernel/money'
import {
  Disclosure,
  type Fact,
  FactList,
  formatDate,
  formatNumber,
  Link,
  Money,
  Section,
  useUi,
} from '@curbstop/ui'
import type { ComponentProps } from 'react'
import { Answer } from '../../shell/Answer.tsx'
import { paths } from '../../shell/paths.ts'
import { useWords } from '../../shell/words.ts'
import { BillLines } from './BillLines.tsx'
import type { Proposal } from './shapes.ts'

type Props = {
  asked: ComponentProps<typeof Answer<Proposal>>['of']
  hasResult: boolean
  testId: Id<'meter-test'>
}

/** The bills of the window in both worlds: nothing here is posted before somebody decides it. */
export function MoneyPanel({ asked, hasResult, testId }: Props) {
  const t = useWords('meterTests')
  return (
    <Section title={t('money.title')}>
      {!hasResult && <p className="cs-quiet">{t('money.noResult')}</p>}
      <Answer of={asked} lines={6}>
        {proposal => (hasResult ? <Proposed proposal={proposal} testId={testId} /> : null)}
      </Answer>
    </Section>
  )
}

function Proposed({ proposal, testId }: { proposal: Proposal; testId: Id<'meter-test'> }) {
  const t = useWords('meterTests')
  const { strings, today } = useUi()
  const { corrections } = proposal
  const settled = corrections.find(one => one.resultId === proposal.resultId)
  return (
    <div className="cs-stack">
      <p className="wb-test-says">{settled?.says ?? proposal.says}</p>
      {!settled && <Facts proposal={proposal} />}
      {proposal.bills.length > 0 && <BillTable proposal={proposal} />}
      {!settled && proposal.billedToOn && proposal.cents !== 0n && (
        <p className="cs-quiet">
          {t('money.unbilled', { on: formatDate(proposal.billedToOn, strings, { today }) })}
        </p>
      )}
      {proposal.others.length > 0 && (
        <p>
          {t('money.others')}{' '}
          {proposal.others.map(other => (
            <Link key={String(other.accountId)} href={paths.meterTestOf(testId, other.accountId)}>
              {other.number}
            </Link>
          ))}
        </p>
      )}
      <Disclosure title={t('money.rules', { codes: proposal.rules.map(rule => rule.code).join(', ') })}>
        <ul className="cs-rows">
          {proposal.rules.map(rule => (
            <li key={rule.code}>
              {t('money.source', { code: rule.code, text: rule.text })}{' '}
              <span className="cs-quiet">{rule.citation}</span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  )
}

function Facts({ proposal }: { proposal: Proposal }) {
  const t = useWords('meterTests')
  const { strings, today } = useUi()
  const day = (on: NonNullable<Proposal['dueOn']>) => formatDate(on, strings, { today })
  const { outcome, cents, windowFromOn, capReasons, fee, feeCents, instalments, dueOn } = proposal
  const facts: Fact[] = [
    {
      label: t(`money.${outcome}`),
      value: <Money cents={cents < 0n ? -cents : cents} large />,
    },
    ...(windowFromOn
      ? [
          {
            label: t('money.window'),
            value: `${t('money.windowSays', { from: day(windowFromOn) })}; ${capReasons
              .map(reason => t(`money.caps.${reason}`))
              .join(', ')}`,
          },
        ]
      : []),
    ...(fee
      ? [{ label: t('money.fee.label'), value: t(`money.fee.${fee}`, { amount: formatDollars(feeCents) }) }]
      : []),
    ...(instalments && dueOn
      ? [
          {
            label: t('money.instalments'),
            value: t('money.instalmentsSays', { count: instalments, due: day(dueOn) }),
          },
        ]
      : []),
  ]
  return (
    <div className="wb-test-facts">
      <FactList facts={facts} />
    </div>
  )
}

function BillTable({ proposal }: { proposal: Proposal }) {
  const t = useWords('meterTests')
  const { strings, today } = useUi()
  const day = (on: NonNullable<Proposal['dueOn']>) => formatDate(on, strings, { today, short: true })
  const sumOf = (bill: Proposal['bills'][number], world: 'before' | 'after') =>
    bill.lines.reduce((all, line) => all + (line[world]?.cents ?? 0n), 0n)
  return (
    <>
      <div className="cs-table-scroll">
        <table className="cs-table">
          <thead>
            <tr>
              <th scope="col">{t('money.bill')}</th>
              <th scope="col" className="cs-cell-end">
                {t('money.use', { unit: proposal.billUnit })}
              </th>
              <th scope="col" className="cs-cell-end">
                {t('money.before')}
              </th>
              <th scope="col" className="cs-cell-end">
                {t('money.after')}
              </th>
              <th scope="col" className="cs-cell-end">
                {t('money.difference')}
              </th>
            </tr>
          </thead>
          <tbody>
            {proposal.bills.map(bill => (
              <tr key={String(bill.billId)}>
                <th scope="row" className="wb-test-bill">
                  {`${day(bill.fromOn)} – ${day(bill.toOn)}`}
                  {bill.correctFromOn > bill.fromOn && (
                    <span className="cs-quiet"> {t('money.part', { on: day(bill.correctFromOn) })}</span>
                  )}
                </th>
                {bill.leftOut ? (
                  <td colSpan={4} className="cs-quiet">
                    {t(`money.leftOut.${bill.leftOut}`)}
                  </td>
                ) : (
                  <>
                    <td className="cs-cell-end">
                      {`${formatNumber(Number(bill.unitsBefore))} → ${formatNumber(Number(bill.unitsAfter))}`}
                    </td>
                    <td className="cs-cell-end">
                      <Money cents={sumOf(bill, 'before')} />
                    </td>
                    <td className="cs-cell-end">
                      <Money cents={sumOf(bill, 'after')} />
                    </td>
                    <td className="cs-cell-end">
                      <Money cents={bill.differenceCents} signed />
                    </td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={4}>{t('money.sum')}</td>
              <td className="cs-cell-end">
                <Money cents={proposal.cents} signed />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
      <Disclosure title={t('money.lines')}>
        <BillLines bills={proposal.bills} />
      </Disclosure>
    </>
  )
}
