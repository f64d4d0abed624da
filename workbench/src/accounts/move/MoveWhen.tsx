import { DateField, FieldRow, RadioGroup, Section, TextField } from '@curbstop/ui'
import { useWords } from '../../shell/words.ts'
import type { MoveDraft } from './draft.ts'
import type { Move } from './use-move.ts'

const gaps = ['vacant', 'owner', 'back-date'] as const
const askers = ['customer', 'owner', 'estate'] as const
const afters = ['default', 'owner', 'turn-off', 'vacant'] as const

/** The day, and the decisions that the address asks for on that day. */
export function MoveWhen({ move }: { move: Move }) {
  const t = useWords('move')
  const { draft, set, known } = move
  const { situation } = known
  return (
    <Section title={t('when')}>
      <Dates draft={draft} set={set} />
      {situation?.decisions.includes('prior-stop') && (
        <TextField
          label={t('prior', { name: situation.occupant?.name ?? '' })}
          name="priorStop.evidence"
          description={t('priorHelp')}
          value={draft.priorEvidence}
          onChange={priorEvidence => set({ priorEvidence })}
        />
      )}
      {situation?.decisions.includes('gap') && (
        <RadioGroup
          label={t('gap')}
          name="gap"
          options={gaps.map(id => ({ id, label: t(`gaps.${id}`) }))}
          value={draft.gap}
          onChange={gap => set({ gap })}
        />
      )}
      {draft.kind === 'stop' && (
        <RadioGroup
          label={t('askedBy')}
          name="askedBy"
          inline
          options={askers.map(id => ({ id, label: t(`askers.${id}`) }))}
          value={draft.askedBy}
          onChange={askedBy => set({ askedBy })}
        />
      )}
      {draft.kind === 'stop' && draft.askedBy === 'owner' && (
        <TextField
          label={t('vacancyProof')}
          name="vacancyProof"
          description={t('vacancyHelp')}
          value={draft.vacancyProof}
          onChange={vacancyProof => set({ vacancyProof })}
        />
      )}
      {draft.kind !== 'start' && (
        <RadioGroup
          label={t('afterStop')}
          name="afterStop"
          inline
          options={afters.map(id => ({ id, label: t(`afterStops.${id}`) }))}
          value={draft.afterStop ?? 'default'}
          onChange={id => set({ afterStop: id === 'default' ? null : id })}
        />
      )}
    </Section>
  )
}

type DatesProps = { draft: MoveDraft; set: Move['set'] }

function Dates({ draft, set }: DatesProps) {
  const t = useWords('move')
  if (draft.kind !== 'transfer') {
    return (
      <DateField
        label={t(`date.${draft.kind}`)}
        name="onDate"
        value={draft.onDate}
        onChange={onDate => set({ onDate })}
      />
    )
  }
  return (
    <FieldRow>
      <DateField
        label={t('stopOn')}
        name="stopOn"
        value={draft.onDate}
        onChange={onDate => set({ onDate })}
      />
      <DateField
        label={t('startOn')}
        name="startOn"
        value={draft.startOn}
        onChange={startOn => set({ startOn })}
      />
    </FieldRow>
  )
}
