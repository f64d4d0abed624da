import { premises } from '@curbstop/server/contract/staff'
import { ComboBox, Section, Select } from '@curbstop/ui'
import { useDeferredValue, useState } from 'react'
import { useAsk } from '../../shell/ask.ts'
import { useWords } from '../../shell/words.ts'
import { AccountPicker } from '../AccountPicker.tsx'
import { addressesOf, type PremiseLine } from './draft.ts'
import { SituationFacts } from './SituationFacts.tsx'
import type { Move } from './use-move.ts'

/** Address first: whose service ends, where it begins, and who is there now. */
export function MoveWhere({ move, autoFocus }: { move: Move; autoFocus: boolean }) {
  const t = useWords('move')
  const { draft, set, known, situation } = move
  const { card } = known
  const addresses = card ? addressesOf(card) : []
  const shown =
    draft.account && card
      ? {
          ...draft.account,
          number: card.number,
          name: card.customerName,
          address: addresses[0]?.address ?? draft.account.address,
        }
      : draft.account
  return (
    <Section title={t('where')}>
      {draft.kind !== 'start' && (
        <AccountPicker
          label={t('account')}
          name="accountId"
          description={shown?.address || t('accountHelp')}
          value={shown}
          onChange={account => set({ account, fromPremiseId: null })}
          autoFocus={autoFocus}
        />
      )}
      {addresses.length > 1 && (
        <Select
          label={t('fromAddress')}
          name={draft.kind === 'stop' ? 'premiseId' : 'fromPremiseId'}
          options={addresses.map(one => ({ id: String(one.premiseId), label: one.address }))}
          value={draft.fromPremiseId ? String(draft.fromPremiseId) : null}
          onChange={id =>
            set({ fromPremiseId: addresses.find(one => String(one.premiseId) === id)?.premiseId ?? null })
          }
        />
      )}
      {draft.kind !== 'stop' && (
        <PremisePicker
          label={draft.kind === 'transfer' ? t('toPremise') : t('premise')}
          name={draft.kind === 'transfer' ? 'toPremiseId' : 'premiseId'}
          value={draft.premise}
          onChange={premise => set({ premise, gap: null, priorEvidence: '' })}
          autoFocus={autoFocus && draft.kind === 'start'}
        />
      )}
      {known.situation && <SituationFacts situation={known.situation} />}
      {situation.error && draft.premise && <p className="cs-tone-red">{situation.error.message}</p>}
    </Section>
  )
}

type PickerProps = {
  label: string
  name: string
  value: PremiseLine | null
  onChange: (premise: PremiseLine | null) => void
  autoFocus: boolean
}

function PremisePicker({ value, onChange, ...field }: PickerProps) {
  const t = useWords('move')
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const found = useAsk(premises.findPremises, { words }, { enabled: words.length > 0, keepPrevious: true })
  const hits = words ? (found.data ?? []) : []
  const shown = value && !hits.some(hit => hit.premiseId === value.premiseId) ? [value, ...hits] : hits
  return (
    <ComboBox
      {...field}
      description={value?.cityLine ?? t('premiseHelp')}
      options={shown.map(hit => ({
        id: String(hit.premiseId),
        label: hit.line,
        description: hit.cityLine,
      }))}
      value={value ? String(value.premiseId) : null}
      onChange={id => onChange(shown.find(hit => String(hit.premiseId) === id) ?? null)}
      onSearch={setTyped}
    />
  )
}
