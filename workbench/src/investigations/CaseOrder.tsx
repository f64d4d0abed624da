import type { LocalDate } from '@curbstop/kernel/dates'
import { fieldwork, investigations } from '@curbstop/server/contract/staff'
import { Button, DateField, Form, Select, TextArea } from '@curbstop/ui'
import { useState } from 'react'
import type { View } from '../accounts/view.ts'
import { noteStep } from '../contacts/steps.ts'
import { useAsk, useDo } from '../shell/ask.ts'
import { fieldErrors } from '../shell/call.ts'
import { useWords } from '../shell/words.ts'
import type { CaseView } from './use-case.ts'

const kinds = ['LEAK', 'RRD', 'CRD', 'STOP', 'MTST', 'PRES'] as const
type Kind = (typeof kinds)[number]

/** The order made from the research; it hangs on the case and comes back to it. */
export function CaseOrder(props: { view: View; research: CaseView; onDone: (next: CaseView) => void }) {
  const { view, research, onDone } = props
  const t = useWords('newOrder')
  const asked = useAsk(fieldwork.listOrderKinds, {}, { staleTime: 3_600_000 })
  const make = useDo(investigations.makeOrder)
  const [kind, setKind] = useState<Kind>('LEAK')
  const [instructions, setInstructions] = useState('')
  const [wantedOn, setWantedOn] = useState<LocalDate | null>(null)
  const nameOf = (code: Kind) => asked.data?.find(one => one.kind === code)?.name ?? code
  const { accountId, investigationId } = research
  const submit = () =>
    make.mutate(
      {
        accountId,
        investigationId,
        kind,
        ...(instructions.trim() ? { instructions } : {}),
        ...(wantedOn ? { wantedOn } : {}),
      },
      {
        onSuccess: next => {
          const orderId = next.orders.at(-1)?.orderId
          if (orderId)
            noteStep(accountId, {
              kind: 'order-made',
              facts: { orderId: String(orderId), what: nameOf(kind), ...(wantedOn ? { wantedOn } : {}) },
            })
          onDone(next)
        },
      },
    )
  return (
    <Form label={t('title')} onSubmit={submit} errors={fieldErrors(make.error)} error={make.error?.message}>
      <Select
        label={t('kind')}
        options={kinds.map(id => ({ id, label: nameOf(id) }))}
        value={kind}
        onChange={setKind}
      />
      <DateField label={t('wantedOn')} optional value={wantedOn} onChange={setWantedOn} min={view.today} />
      <TextArea
        label={t('instructions')}
        name="instructions"
        optional
        rows={2}
        value={instructions}
        onChange={setInstructions}
      />
      <div>
        <Button type="submit" variant="primary" busy={make.isPending}>
          {t('make')}
        </Button>
      </div>
    </Form>
  )
}
