import { SegmentedControl, Select } from '@curbstop/ui'
import { useWords } from '../../shell/words.ts'
import type { Filter, useList } from './use-list.ts'

type Props = {
  filter: Filter
  change: (change: Partial<Filter>) => void
  sums: ReturnType<typeof useList>['sums']
}

export function Filters({ filter, change, sums }: Props) {
  const t = useWords('readBook')
  const rules = sums?.byRule ?? []
  const known = filter.rule === null || rules.some(one => one.rule === filter.rule)
  return (
    <div className="cs-stack">
      <SegmentedControl<'hide' | 'only'>
        small
        label={t('filter.waiting')}
        options={[
          { id: 'hide', label: t('filter.hide') },
          { id: 'only', label: t('filter.only') },
        ]}
        value={filter.waiting}
        onChange={waiting => change({ waiting })}
      />
      <Select<string>
        label={t('filter.rule')}
        hideLabel
        value={filter.rule ?? 'all'}
        onChange={rule => change({ rule: rule === 'all' ? null : rule })}
        options={[
          { id: 'all', label: t('filter.everyRule') },
          ...rules.map(({ rule, name, open }) => ({ id: rule, label: `${name} (${open})` })),
          ...(known ? [] : [{ id: filter.rule!, label: filter.rule! }]),
        ]}
      />
    </div>
  )
}
