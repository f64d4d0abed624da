import { Disclosure, type Fact, FactList, Link, LocalDateText, Money, Section } from '@curbstop/ui'
import { paths } from '../../shell/paths.ts'
import { useWords } from '../../shell/words.ts'
import { HazardList } from './HazardList.tsx'
import type { Test } from './shapes.ts'

/** What hangs there, who asked, the clocks, and what bites at the place. */
export function TestFacts({ test }: { test: Test }) {
  const t = useWords('meterTests')
  const m = useWords('metering')
  const { order, place } = test
  const asker = test.askedBy === 'district' ? 'district' : test.attends ? 'customerAttends' : 'customer'
  const facts: Fact[] = [
    { label: t('facts.make'), value: `${test.make} ${test.serial}` },
    { label: t('facts.size'), value: test.size },
    { label: t('facts.kind'), value: m(`kind.${test.kind}`) },
    { label: t('facts.askedBy'), value: t(`facts.${asker}`) },
    { label: t('facts.fee'), value: test.feeCents > 0n ? <Money cents={test.feeCents} /> : t('facts.noFee') },
    {
      label: t('facts.order'),
      value: (
        <Link href={paths.order(test.orderId)}>
          {t('facts.orderSays', {
            order: String(test.orderId),
            state: t(`orderState.${test.orderState as 'ready'}`),
          })}
        </Link>
      ),
    },
    { label: t('facts.orderedBy'), value: test.orderedBy },
    ...(test.testOn ? [{ label: t('facts.testOn'), value: <LocalDateText date={test.testOn} /> }] : []),
    ...(test.resultDueOn
      ? [{ label: t('facts.dueOn'), value: <LocalDateText date={test.resultDueOn} /> }]
      : []),
    ...(place ? [{ label: t('facts.place'), value: place.line }] : []),
    ...(order.says ? [{ label: t('facts.outcome'), value: order.says }] : []),
  ]
  return (
    <>
      <Section title={t('facts.title')}>
        <FactList facts={facts} />
        {order.instructions && <p className="wb-prose cs-quiet">{order.instructions}</p>}
        {order.note && <p className="wb-prose">{order.note}</p>}
      </Section>
      <HazardList title={t('facts.hazards')} hazards={place?.hazards ?? []} />
      <Disclosure title={t('facts.rules')}>
        <ul className="cs-rows">
          {test.citations.map(rule => (
            <li key={rule.code}>
              <strong>{rule.code}</strong> {rule.text} <span className="cs-quiet">{rule.citation}</span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </>
  )
}
