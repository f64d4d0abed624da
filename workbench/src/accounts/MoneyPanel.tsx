import { formatDollars } from '@curbstop/kernel/money'
import { type Fact, FactList, formatDate, Money, Section, SplitBar, type Tone, useUi } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'
import type { View } from './view.ts'

type Bucket = View['money']['aging'][number]['bucket']
const bucketTones: Readonly<Record<Bucket, Tone>> = {
  current: 'action',
  '1-30': 'amber',
  '31-60': 'amber',
  '61-90': 'red',
  '91+': 'red',
}

/** What is owed now, since when, for what; how the last payment came. */
export function MoneyPanel({ view }: { view: View }) {
  const t = useWords('accounts')
  const { money } = view
  const services = money.byService.filter(one => one.cents !== 0n)
  const facts: Fact[] = [
    ...services.map(one => ({
      label: t(`money.service.${one.service}`),
      value: <Money cents={one.cents} bare />,
    })),
    ...(money.creditCents > 0n
      ? [{ label: t('money.creditHeld'), value: <Money cents={-money.creditCents} bare /> }]
      : []),
    ...useLastFacts(view),
  ]
  return (
    <Section title={t('money.title')}>
      <div>
        <Money cents={money.balanceCents} large />
        <DueLine view={view} />
      </div>
      {money.balanceCents > 0n && (
        <SplitBar
          label={t('money.aging')}
          parts={money.aging
            .filter(one => one.bucket === 'current' || one.cents !== 0n)
            .map(one => ({
              id: one.bucket,
              label: t(`money.bucket.${one.bucket}`),
              value: one.cents,
              text: <Money cents={one.cents} bare />,
              tone: bucketTones[one.bucket],
            }))}
        />
      )}
      <FactList facts={facts} />
    </Section>
  )
}

/** `due Fri Dec 4 · nothing past due`, or what is late in the colour that asks for a person. */
function DueLine({ view: { money } }: { view: View }) {
  const t = useWords('accounts')
  const { strings, today } = useUi()
  const due = money.nextDueOn ? formatDate(money.nextDueOn, strings, { today }) : null
  const since = money.oldestDueOn ? formatDate(money.oldestDueOn, strings, { today }) : ''
  if (money.balanceCents < 0n) return <p className="cs-quiet">{t('money.credit')}</p>
  if (money.balanceCents === 0n) return <p className="cs-quiet">{t('money.owes')}</p>
  const coming =
    due === null
      ? null
      : money.nextDueCents === money.balanceCents
        ? t('money.dueAll', { on: due })
        : t('money.due', { amount: formatDollars(money.nextDueCents), on: due })
  if (money.pastDueCents <= 0n)
    return <p className="cs-quiet">{[coming, t('money.nothingPast')].filter(Boolean).join(' · ')}</p>
  return (
    <p>
      <strong className="cs-tone-red">
        {t('money.past', { amount: formatDollars(money.pastDueCents), on: since })}
      </strong>
      {coming && <span className="cs-quiet">{` · ${coming}`}</span>}
    </p>
  )
}

function useLastFacts({ lastPayment, timing }: View): Fact[] {
  const t = useWords('accounts')
  const { strings, today } = useUi()
  const day = (on: NonNullable<View['lastPayment']>['receivedOn']) =>
    formatDate(on, strings, { today, short: true })
  return [
    {
      label: t('money.last'),
      value: lastPayment ? (
        <>
          <Money cents={lastPayment.cents} />
          <span className="cs-quiet">
            {` ${day(lastPayment.receivedOn)}`}
            <span className="cs-sr">{` ${t(`money.channel.${lastPayment.channel}`)}`}</span>
          </span>
          {lastPayment.returned && (
            <span className="cs-tone-red">
              {` ${t('money.lastReturned', { on: day(lastPayment.returned.on) })}`}
            </span>
          )}
        </>
      ) : (
        t('money.lastNone')
      ),
    },
    {
      label: t('money.onTime'),
      value:
        timing.dueCount > 0
          ? t('money.onTimeOf', { count: timing.onTimeCount, of: timing.dueCount })
          : t('money.onTimeNone'),
    },
  ]
}
