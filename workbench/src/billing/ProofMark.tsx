import type { Output } from '@curbstop/kernel/endpoint'
import type { billing } from '@curbstop/server/contract/staff'
import { Badge } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'

type Proof = Output<typeof billing.getBill>['proof']
const tones = { proved: 'green', different: 'red', 'not-possible': 'amber' } as const
const icons = { proved: 'check', different: 'stop', 'not-possible': 'warning' } as const

/** The stored inputs were rated again: do they still give the stored cents? */
export function ProofMark({ proof }: { proof: Proof }) {
  const t = useWords('billing')
  return (
    <span title={proof.says}>
      <Badge tone={tones[proof.state]} icon={icons[proof.state]}>
        {t(`proof.${proof.state}`)}
      </Badge>
    </span>
  )
}
