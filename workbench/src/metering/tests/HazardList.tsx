import { Alert } from '@curbstop/ui'
import { useWords } from '../../shell/words.ts'

const kinds = ['dog', 'hostile-person', 'gate', 'confined-space', 'other'] as const

type Hazard = { kind: string; note: string }

/** SO-036: whoever goes there, or sends somebody, sees it first. */
export function HazardList({ title, hazards }: { title: string; hazards: readonly Hazard[] }) {
  const t = useWords('meterTests')
  const orders = useWords('orders')
  const kindWord = (kind: string) => orders(`hazard.${kinds.find(one => one === kind) ?? 'other'}`)
  if (hazards.length === 0) return null
  return (
    <Alert tone="amber" title={title}>
      {hazards.map(hazard => (
        <p key={`${hazard.kind} ${hazard.note}`}>
          {t('history.hazard', { kind: kindWord(hazard.kind), note: hazard.note })}
        </p>
      ))}
    </Alert>
  )
}
