import type { Output } from '@curbstop/kernel/endpoint'
import type { metering } from '@curbstop/server/contract/staff'
import {
  EmptyState,
  type Fact,
  FactList,
  formatDate,
  formatNumber,
  LocalDateText,
  Section,
  useUi,
} from '@curbstop/ui'
import type { ComponentProps } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useWords } from '../shell/words.ts'

export type MeterCard = Output<typeof metering.getMeters>[number]
type PointId = MeterCard['servicePointId']
type Service = 'water' | 'irrigation' | 'fire' | 'sewer'

type FactsProps = {
  points: readonly { id: PointId; service: Service }[]
  chosen: PointId
  onChoose: (id: PointId) => void
  meters: ComponentProps<typeof Answer<MeterCard[]>>['of']
}

/** Service points on the left, and what hangs at the chosen one. */
export function MeterFacts({ points, chosen, onChoose, meters }: FactsProps) {
  const t = useWords('metering')
  return (
    <>
      {points.length > 1 && (
        <Section title={t('points')}>
          <div className="wb-choices">
            {points.map(point => (
              <button
                key={String(point.id)}
                type="button"
                className="wb-choice"
                aria-pressed={point.id === chosen}
                onClick={() => onChoose(point.id)}
              >
                {t(`service.${point.service}`)}
              </button>
            ))}
          </div>
        </Section>
      )}
      <Answer of={meters} lines={6}>
        {cards =>
          cards[0] ? (
            cards.map(card => <OneMeter key={String(card.meterId)} card={card} />)
          ) : (
            <EmptyState title={t('noMeter')}>{t('noMeterHelp')}</EmptyState>
          )
        }
      </Answer>
    </>
  )
}

function OneMeter({ card }: { card: MeterCard }) {
  const t = useWords('metering')
  const { strings, today } = useUi()
  const facts: Fact[] = [
    { label: t('facts.serial'), value: <strong>{card.serial}</strong> },
    { label: t('facts.make'), value: card.make },
    { label: t('facts.size'), value: card.size },
    { label: t('facts.kind'), value: t(`kind.${card.kind}`) },
    { label: t('facts.hung'), value: <LocalDateText date={card.installedOn} short /> },
    ...(card.madeOn ? [{ label: t('facts.made'), value: <LocalDateText date={card.madeOn} short /> }] : []),
    ...card.registers.map(register => ({
      label: t('facts.register', { no: register.registerNo }),
      value: t(register.multiplier === '1' ? 'facts.registerSays' : 'facts.registerTimes', {
        dials: register.dials,
        unit: t(`unit.${register.unit}`),
        multiplier: register.multiplier,
      }),
    })),
    ...(card.lastRead
      ? [
          {
            label: t('facts.last'),
            value: (
              <>
                {card.lastRead.values.map(one => formatNumber(one.value)).join(' / ')}
                {' · '}
                <LocalDateText date={card.lastRead.readOn} short />
              </>
            ),
          },
        ]
      : []),
  ]
  return (
    <>
      <Section title={`${card.make} ${card.serial}`}>
        <FactList facts={facts} />
      </Section>
      {card.earlier.length > 0 && (
        <Section title={t('earlier')}>
          <ul className="cs-rows">
            {card.earlier.map(one => (
              <li key={`${one.serial}-${one.installedOn}`}>
                {t('earlierSays', {
                  serial: one.serial,
                  from: formatDate(one.installedOn, strings, { today, short: true }),
                  to: one.removedOn ? formatDate(one.removedOn, strings, { today, short: true }) : '…',
                })}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
