import { fieldwork, staff } from '@curbstop/server/contract/staff'
import { DateField, Section, Select } from '@curbstop/ui'
import { useAsk } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'
import type { useBoard } from './use-board.ts'

/** State, person, kind and day: what the board shows. */
export function OrderFilters({ board }: { board: ReturnType<typeof useBoard> }) {
  const t = useWords('orders')
  const states = useWords('accounts')
  const kinds = useAsk(fieldwork.listOrderKinds, {}, { staleTime: 3_600_000 })
  const people = useFieldPeople()
  const total = (what: 'count' | 'late') => board.counts.reduce((sum, one) => sum + one[what], 0)
  const words = (count: number, late: number) =>
    late > 0 ? t('countLate', { count, late }) : t('count', { count })
  const rows = [
    { id: '', name: t('allOpen'), says: words(total('count'), total('late')) },
    ...board.counts.map(one => ({
      id: one.state as string,
      name: states(`work.orderState.${one.state}`),
      says: words(one.count, one.late),
    })),
  ]
  return (
    <Section title={t('filters')}>
      <div className="wb-choices">
        {rows.map(row => (
          <button
            key={row.id}
            type="button"
            className="wb-choice"
            aria-pressed={row.id === board.state}
            onClick={() => board.setState(row.id)}
          >
            <span>{row.name}</span>
            <span className="wb-choice-count">{row.says}</span>
          </button>
        ))}
      </div>
      <Select
        label={t('with')}
        value={board.assignedTo || 'anybody'}
        onChange={id => board.setAssignedTo(id === 'anybody' ? '' : id)}
        options={[
          { id: 'anybody', label: t('anybody') },
          { id: 'nobody', label: t('nobody') },
          ...people.map(one => ({ id: String(one.personId), label: one.name })),
        ]}
      />
      <Select
        label={t('kind')}
        value={board.kind || 'all'}
        onChange={id => board.setKind(id === 'all' ? '' : id)}
        options={[
          { id: 'all', label: t('allKinds') },
          ...(kinds.data ?? []).map(one => ({ id: one.kind as string, label: one.name })),
        ]}
      />
      <DateField label={t('dueOn')} optional value={board.dueOn} onChange={board.setDueOn} />
    </Section>
  )
}

/** Who drives out: the field representatives who can sign in. */
export function useFieldPeople() {
  const people = useAsk(staff.listPeople, { show: 'working' }, { staleTime: 60_000 })
  return (people.data ?? []).filter(one => one.roles.includes('csfr'))
}
