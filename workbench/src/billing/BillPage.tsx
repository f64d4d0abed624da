import './billing.css'
import { formatDay } from '@curbstop/kernel/dates'
import { type AccountId, asId, type BillId } from '@curbstop/kernel/ids'
import { formatDollars } from '@curbstop/kernel/money'
import { billing, reports } from '@curbstop/server/contract/staff'
import {
  Button,
  Columns,
  EmptyState,
  FactList,
  Link,
  LocalDateText,
  Money,
  Section,
  Skeleton,
} from '@curbstop/ui'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ContactPanel } from '../contacts/ContactPanel.tsx'
import { ContactStrip } from '../contacts/ContactStrip.tsx'
import { noteStep } from '../contacts/steps.ts'
import { useAsk } from '../shell/ask.ts'
import { MissingPage } from '../shell/MissingPage.tsx'
import { paths } from '../shell/paths.ts'
import { openTab } from '../shell/tabs.ts'
import { useWords } from '../shell/words.ts'
import { type Bill, LineDetail, type Segment, SegmentHead } from './BillLines.tsx'
import { Figures } from './Opened.tsx'
import { ProofMark } from './ProofMark.tsx'
import { Waterfall } from './WhyPanel.tsx'

const isId = (text: string) => /^[1-9]\d{0,17}$/.test(text)

/** One bill, every line opened to its arithmetic, its reads and what was known when it was made. */
export function BillPage() {
  const { accountId = '', billId = '' } = useParams({ strict: false }) as Record<string, string | undefined>
  if (!isId(accountId) || !isId(billId)) return <MissingPage />
  return <BillOf accountId={asId<'account'>(accountId)} billId={asId<'bill'>(billId)} />
}

function BillOf({ accountId, billId }: { accountId: AccountId; billId: BillId }) {
  const t = useWords('billing')
  const asked = useAsk(billing.getBill, { accountId, billId }, { staleTime: 300_000 })
  const page = useAsk(reports.getAccount360, { accountId }, { staleTime: 60_000 })
  useEffect(() => openTab(String(accountId)), [accountId])
  const issuedOn = asked.data?.issuedOn
  useEffect(() => {
    if (issuedOn) noteStep(accountId, { kind: 'opened-bill', facts: { billId: String(billId), issuedOn } })
  }, [accountId, billId, issuedOn])
  const bill = asked.data
  const unit = page.data?.billing.billUnit ?? 'ccf'
  return (
    <Columns
      left={<BillFacts accountId={accountId} bill={bill} />}
      right={<ContactPanel view={page.data ?? null} />}
      rightStrip={<ContactStrip />}
    >
      {bill && <h1 className="cs-sr">{t('bill.title', { on: formatDay(bill.issuedOn) })}</h1>}
      {asked.isPending && <Skeleton lines={14} label={t('bill.loading')} />}
      {asked.error && <EmptyState title={asked.error.message} />}
      {bill && <Change accountId={accountId} billId={billId} unit={unit} bill={bill} />}
      {bill?.segments.map(segment => (
        <OpenSegment key={segment.segmentNo} segment={segment} billUnit={unit} />
      ))}
    </Columns>
  )
}

function BillFacts({ accountId, bill }: { accountId: AccountId; bill: Bill | undefined }) {
  const t = useWords('billing')
  return (
    <>
      <Link href={paths.account(accountId)}>{t('bill.back')}</Link>
      {bill && (
        <Section title={t('bill.title', { on: formatDay(bill.issuedOn) })}>
          <Money cents={bill.totalCents} large />
          <FactList
            facts={[
              { label: t('bill.kind'), value: t(`kind.${bill.kind}`) },
              { label: t('bill.issued'), value: <LocalDateText date={bill.issuedOn} /> },
              { label: t('bill.due'), value: <LocalDateText date={bill.dueOn} /> },
              {
                label: t('bill.period'),
                value: (
                  <>
                    <LocalDateText date={bill.fromOn} short /> – <LocalDateText date={bill.toOn} short />
                    {` · ${t('bill.days', { days: bill.days })}`}
                  </>
                ),
              },
              { label: t('bill.proof'), value: <ProofMark proof={bill.proof} /> },
            ]}
          />
          <p className="cs-quiet cs-small">{bill.proof.says}</p>
          <div className="cs-no-print">
            <Button icon="print" onPress={() => window.print()}>
              {t('bill.print')}
            </Button>
          </div>
        </Section>
      )}
    </>
  )
}

type ChangeProps = { accountId: AccountId; billId: BillId; unit: string; bill: Bill }

/** Why this bill, whichever it is, differs from the one before it. */
function Change({ accountId, billId, unit, bill }: ChangeProps) {
  const t = useWords('billing')
  const asked = useAsk(billing.getExplanation, { accountId, billId }, { staleTime: 300_000 })
  const shown = asked.data?.lastBill ?? asked.data?.lastYear
  if (asked.isPending) return <Skeleton lines={6} />
  if (!shown) return null
  return (
    <div className="wb-why">
      <Waterfall
        title={t('why.title', { amount: formatDollars(bill.totalCents) })}
        shown={shown}
        unit={unit.toUpperCase()}
        fileName={`why-bill-${billId}`}
        switcher={null}
      />
    </div>
  )
}

function OpenSegment({ segment, billUnit }: { segment: Segment; billUnit: string }) {
  const t = useWords('billing')
  return (
    <section className="wb-segment">
      <div className="cs-spread">
        <SegmentHead segment={segment} billUnit={billUnit} />
        <ProofMark proof={segment.proof} />
      </div>
      <ul className="wb-open-lines">
        {segment.lines.map((line, index) => (
          <li key={`${line.code}-${line.fromOn}-${line.price ?? ''}`}>
            <div className="cs-spread">
              <strong>{line.label}</strong>
              <Money cents={line.cents} column />
            </div>
            <LineDetail line={line} before={segment.lines[index - 1]} />
          </li>
        ))}
      </ul>
      <div className="cs-spread wb-segment-total">
        <strong>{t('line.total')}</strong>
        <strong>
          <Money cents={segment.cents} column />
        </strong>
      </div>
      {segment.reads.length > 0 && (
        <Section level={4} title={`${t('bill.reads')} · ${t(`service.${segment.service}`)}`}>
          {segment.reads.map(read => (
            <p key={`${read.serial}-${read.fromOn}`}>
              {t('bill.read', {
                serial: read.serial,
                fromValue: read.fromValue,
                from: formatDay(read.fromOn),
                toValue: read.toValue,
                to: formatDay(read.toOn),
              })}
              {read.note && <span className="cs-quiet">{` · ${read.note}`}</span>}
            </p>
          ))}
        </Section>
      )}
      {segment.inputs.length > 0 && (
        <Section level={4} title={`${t('bill.inputs')} · ${t(`service.${segment.service}`)}`}>
          <Figures figures={segment.inputs} />
        </Section>
      )}
    </section>
  )
}
