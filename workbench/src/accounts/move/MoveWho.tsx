import { FieldRow, NumberField, Section, SegmentedControl, Select, TextField } from '@curbstop/ui'
import { ReachFields } from '../../customers/ReachFields.tsx'
import { useWords } from '../../shell/words.ts'
import { AccountPicker } from '../AccountPicker.tsx'
import type { Move } from './use-move.ts'

const languages = ['en', 'es', 'zh', 'tl', 'vi', 'ko'] as const

/** Who starts: somebody we have, or somebody new with the ways to reach them. */
export function MoveWho({ move }: { move: Move }) {
  const t = useWords('move')
  const { draft, set } = move
  return (
    <Section title={t('who')}>
      <SegmentedControl
        label={t('who')}
        options={(['new', 'known'] as const).map(id => ({ id, label: t(`whos.${id}`) }))}
        value={draft.who}
        onChange={who => set({ who, knownCustomer: null })}
      />
      {draft.who === 'known' && draft.knownCustomer && <p>{draft.knownCustomer.says}</p>}
      {draft.who === 'known' && !draft.knownCustomer && (
        <AccountPicker
          label={t('known')}
          name="who"
          description={draft.known?.address ?? t('accountHelp')}
          value={draft.known}
          onChange={known => set({ known })}
        />
      )}
      {draft.who === 'new' && <NewCustomer move={move} />}
    </Section>
  )
}

function NewCustomer({ move: { draft, set } }: { move: Move }) {
  const t = useWords('move')
  const words = useWords('customers')
  return (
    <>
      <FieldRow>
        <Select
          label={t('customerKind')}
          options={(['person', 'firm'] as const).map(id => ({ id, label: t(`customerKinds.${id}`) }))}
          value={draft.customerKind}
          onChange={customerKind => set({ customerKind })}
        />
        <TextField
          label={draft.customerKind === 'firm' ? t('firmName') : t('name')}
          name="name"
          value={draft.name}
          onChange={name => set({ name })}
        />
        <Select
          label={t('language')}
          options={languages.map(id => ({ id, label: words(`language.${id}`) }))}
          value={draft.language}
          onChange={language => set({ language })}
        />
      </FieldRow>
      <ReachFields
        phones={draft.phones}
        onPhones={phones => set({ phones })}
        emails={draft.emails}
        onEmails={emails => set({ emails })}
      />
    </>
  )
}

/** Persons and a note, for a start and a transfer alike. */
export function MoveRest({ move: { draft, set } }: { move: Move }) {
  const t = useWords('move')
  return (
    <FieldRow>
      {draft.kind !== 'stop' && (
        <NumberField
          label={t('persons')}
          name="persons"
          optional
          description={t('personsHelp')}
          decimals={0}
          min={0}
          max={500}
          value={draft.persons}
          onChange={persons => set({ persons })}
        />
      )}
      <TextField
        label={t('note')}
        name="note"
        optional
        description={t('noteHelp')}
        value={draft.note}
        onChange={note => set({ note })}
      />
    </FieldRow>
  )
}
