import type { PremiseId } from '@curbstop/kernel/ids'
import { premises } from '@curbstop/server/contract/staff'
import { DateField, FieldRow, RadioGroup, Section, SegmentedControl, TextField, useUi } from '@curbstop/ui'
import { useAsk } from '../../shell/ask.ts'
import { useWords } from '../../shell/words.ts'
import type { HandOverDraft } from './draft.ts'
import { PointReads } from './PointReads.tsx'

type HandOverProps = {
  title: string
  premiseId: PremiseId | null
  draft: HandOverDraft
  onChange: (draft: HandOverDraft) => void
  /** Where it stands in what is sent: `handOver`. */
  path: string
}

/** The one read at which two occupancies meet: given now, fetched by an order, or estimated and marked so. */
export function MoveHandOver({ title, premiseId, draft, onChange, path }: HandOverProps) {
  const t = useWords('move')
  const { today } = useUi()
  return (
    <Section title={title}>
      <SegmentedControl
        label={title}
        options={(['order', 'read', 'estimate'] as const).map(id => ({ id, label: t(`hows.${id}`) }))}
        value={draft.how}
        onChange={how => onChange({ ...draft, how })}
      />
      <p className="cs-quiet cs-small">{t(`howHelp.${draft.how}`)}</p>
      {draft.how === 'order' && (
        <TextField
          label={t('instructions')}
          name={`${path}.instructions`}
          optional
          value={draft.instructions}
          onChange={instructions => onChange({ ...draft, instructions })}
        />
      )}
      {draft.how === 'read' && (
        <>
          <FieldRow>
            <DateField
              label={t('readOn')}
              name={`${path}.readOn`}
              value={draft.readOn}
              onChange={readOn => onChange({ ...draft, readOn })}
              {...(today ? { max: today } : {})}
            />
            <RadioGroup
              label={t('by')}
              name={`${path}.by`}
              inline
              options={(['customer', 'actual'] as const).map(id => ({ id, label: t(`bys.${id}`) }))}
              value={draft.by}
              onChange={by => onChange({ ...draft, by })}
            />
          </FieldRow>
          {premiseId && <PremiseReads premiseId={premiseId} draft={draft} onChange={onChange} />}
        </>
      )}
    </Section>
  )
}

export type ReadsProps = Pick<HandOverProps, 'draft' | 'onChange'>

function PremiseReads({ premiseId, ...props }: ReadsProps & { premiseId: PremiseId }) {
  const t = useWords('move')
  const premise = useAsk(premises.getPremise, { premiseId }, { staleTime: 60_000 })
  if (premise.error) return <p className="cs-tone-red">{premise.error.message}</p>
  const points = premise.data?.servicePoints.filter(point => point.service !== 'sewer') ?? []
  if (premise.data && points.length === 0) return <p className="cs-quiet">{t('noMeter')}</p>
  return points.map(point => (
    <PointReads
      key={String(point.servicePointId)}
      servicePointId={point.servicePointId}
      service={t(`service.${point.service}`)}
      {...props}
    />
  ))
}
