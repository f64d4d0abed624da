import './billing.css'
import { formatDay } from '@curbstop/kernel/dates'
import type { Output } from '@curbstop/kernel/endpoint'
import { formatDollars } from '@curbstop/kernel/money'
import type { billing } from '@curbstop/server/contract/staff'
import { Disclosure, Link, Section, SegmentedControl, WaterfallChart, type WaterfallStep } from '@curbstop/ui'
import { type RefObject, useState } from 'react'
import type { View } from '../accounts/view.ts'
import { noteStep } from '../contacts/steps.ts'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import { BillLines } from './BillLines.tsx'
import { Opened } from './Opened.tsx'
import { ProofMark } from './ProofMark.tsx'

type Explanation = NonNullable<Output<typeof billing.getExplanation>['lastBill']>
type Against = Explanation['against']

/** "Why is it $212.40?": the change from the last bill or from last year, bar by bar, down to figure and tariff. */
export function WhyPanel({ view, root }: { view: View; root: RefObject<HTMLDivElement | null> }) {
  const t = useWords('billing')
  const { versusLastBill, versusLastYear, latest, billUnit } = view.billing
  const [wanted, setWanted] = useState<Against>('last-bill')
  const shown =
    wanted === 'last-year' ? (versusLastYear ?? versusLastBill) : (versusLastBill ?? versusLastYear)
  const { accountId } = view.account
  if (!latest) return null
  const noteExplained = () => {
    if (!shown) return
    const mostly = [...shown.deltas].sort((a, b) => (abs(a.cents) > abs(b.cents) ? -1 : 1))[0]?.label
    noteStep(accountId, {
      kind: 'explained-bill',
      facts: {
        billId: String(shown.now.billId),
        fromCents: shown.before.totalCents,
        toCents: shown.now.totalCents,
        ...(mostly ? { mostly } : {}),
      },
    })
  }
  const title = t('why.title', { amount: formatDollars(latest.totalCents) })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that a bar inside was looked at
    <div ref={root} className="wb-why" onFocus={event => event.target.closest('svg') && noteExplained()}>
      {shown ? (
        <Waterfall
          key={shown.against}
          title={title}
          shown={shown}
          unit={billUnit.toUpperCase()}
          fileName={`why-${view.account.number}`}
          switcher={
            versusLastBill && versusLastYear ? (
              <SegmentedControl
                small
                label={t('why.against')}
                options={(['last-bill', 'last-year'] as const).map(id => ({ id, label: t(`why.${id}`) }))}
                value={shown.against}
                onChange={setWanted}
              />
            ) : null
          }
        />
      ) : (
        <Section title={title}>
          {view.billing.says && <p className="wb-say">{view.billing.says.en}</p>}
          <p className="cs-quiet">{t('why.first')}</p>
        </Section>
      )}
      <div className="wb-why-lines">
        <Disclosure title={t('why.lines')} defaultOpen={!shown}>
          <BillLines bill={latest} billUnit={billUnit} />
        </Disclosure>
        <div className="wb-why-end">
          <ProofMark proof={latest.proof} />
          <Link href={paths.bill(accountId, latest.billId)}>{t('why.open')}</Link>
          <Link href={paths.usageSheet(accountId)}>{t('why.sheet')}</Link>
        </div>
      </div>
    </div>
  )
}

const abs = (cents: bigint): bigint => (cents < 0n ? -cents : cents)

type WaterfallProps = {
  title: string
  shown: Explanation
  unit: string
  fileName: string
  switcher: React.ReactNode
}

export function Waterfall({ title, shown, unit, fileName, switcher }: WaterfallProps) {
  const t = useWords('billing')
  const head = (id: string, label: string, bill: Explanation['now']): WaterfallStep => ({
    id,
    label,
    cents: bill.totalCents,
    explanation: t('why.head', {
      used: bill.usageUnits,
      unit,
      days: bill.days,
      from: formatDay(bill.fromOn),
      to: formatDay(bill.toOn),
    }),
  })
  const amount = formatDollars(abs(shown.changeCents))
  const change =
    shown.changeCents === 0n ? t('why.same') : t(shown.changeCents > 0n ? 'why.more' : 'why.less', { amount })
  return (
    <>
      <WaterfallChart
        title={title}
        note={
          <span className="wb-why-note">
            {change} {switcher ?? t(`why.${shown.against}`)}
          </span>
        }
        fileName={fileName}
        start={head(
          'before',
          shown.against === 'last-year' ? t('why.beforeYear') : t('why.before'),
          shown.before,
        )}
        steps={shown.deltas
          .filter(delta => delta.cents !== 0n)
          .map((delta, index) => ({
            id: `${index}-${delta.code}`,
            label: delta.label,
            cents: delta.cents,
            explanation: (
              <Opened
                sentence={delta.sentence}
                arithmetic={delta.arithmetic}
                figures={delta.figures}
                citation={delta.citation}
              />
            ),
          }))}
        end={head('now', t('why.now'), shown.now)}
      />
      <p className="wb-say">{shown.summary}</p>
    </>
  )
}
