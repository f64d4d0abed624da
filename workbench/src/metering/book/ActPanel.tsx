import { Button, Section } from '@curbstop/ui'
import { useWords } from '../../shell/words.ts'
import { type Act, decisions, keysOf, orders } from './acts.ts'

type PanelProps = {
  why: (act: Act) => string | null
  /** What the rules suggest. */
  first: Act | null
  open: (act: Act) => void
  bulk: { count: number; why: string | null; open: () => void }
}

/** Everything that can be done with the read in hand, each with its key and, when not, with its sentence. */
export function ActPanel({ why, first, open, bulk }: PanelProps) {
  const t = useWords('readBook')
  const button = (act: Act) => (
    <Button
      key={act}
      kbd={keysOf[act]}
      variant={act === first && !why(act) ? 'primary' : 'quiet'}
      disabledReason={why(act)}
      onPress={() => open(act)}
    >
      {t(`act.${act}`)}
    </Button>
  )
  return (
    <>
      <Section title={t('act.title')}>
        <div className="wb-acts">{decisions.map(button)}</div>
      </Section>
      <Section title={t('act.look')}>
        <div className="wb-acts">{orders.map(button)}</div>
      </Section>
      <Section title={t('act.talk')}>
        <div className="wb-acts">{button('call')}</div>
      </Section>
      <Section title={t('bulk.title')}>
        <div className="wb-acts">
          <Button kbd="b" disabledReason={bulk.why} onPress={bulk.open}>
            {bulk.count > 0 ? t('act.bulkCount', { count: bulk.count }) : t('act.bulk')}
          </Button>
        </div>
      </Section>
    </>
  )
}
