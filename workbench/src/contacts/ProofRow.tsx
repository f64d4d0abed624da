import { IconButton } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'

export type Tick = 'yes' | 'no' | null

type RowProps = { label: string; expected: string | null; tick: Tick; onTick: (tick: Tick) => void }

/** One thing a caller can say: it matches, it is wrong, or it was not asked. */
export function ProofRow({ label, expected, tick, onTick }: RowProps) {
  const t = useWords('contacts')
  return (
    <li className="wb-proof-row">
      <label className="cs-check">
        <input
          type="checkbox"
          aria-label={t('proof.matched', { item: label })}
          checked={tick === 'yes'}
          onChange={event => onTick(event.target.checked ? 'yes' : null)}
        />
        <span>{label}</span>
      </label>
      <span className="wb-proof-expected" title={expected ?? undefined}>
        {expected}
      </span>
      <IconButton
        small
        icon="close"
        label={t('proof.wrong', { item: label })}
        pressed={tick === 'no'}
        onPress={() => onTick(tick === 'no' ? null : 'no')}
      />
    </li>
  )
}
