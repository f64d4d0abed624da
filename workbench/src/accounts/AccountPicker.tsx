import type { Output } from '@curbstop/kernel/endpoint'
import { accounts } from '@curbstop/server/contract/staff'
import { ComboBox, type FieldProps } from '@curbstop/ui'
import { useDeferredValue, useState } from 'react'
import { useAsk } from '../shell/ask.ts'

export type AccountHit = Output<typeof accounts.searchAccounts>['hits'][number]

type PickerProps = FieldProps & { value: AccountHit | null; onChange: (hit: AccountHit | null) => void }

/** One account, found as the desk's search finds it: name, address, phone, number, meter. */
export function AccountPicker({ value, onChange, ...field }: PickerProps) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = useAsk(accounts.searchAccounts, { q }, { enabled: q.length > 1, keepPrevious: true })
  const hits = q.length > 1 ? (found.data?.hits ?? []) : []
  const shown = value && !hits.some(hit => hit.accountId === value.accountId) ? [value, ...hits] : hits
  return (
    <ComboBox
      {...field}
      options={shown.map(hit => ({
        id: String(hit.accountId),
        label: `${hit.name} · ${hit.number}`,
        description: hit.address,
      }))}
      value={value ? String(value.accountId) : null}
      onChange={id => onChange(shown.find(hit => String(hit.accountId) === id) ?? null)}
      onSearch={setTyped}
    />
  )
}
