import type { LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, Id, ServicePointId } from '@curbstop/kernel/ids'
import { formatDollars } from '@curbstop/kernel/money'
import { metering } from '@curbstop/server/contract/staff'
import { Checkbox, DateField, formatDate, RadioGroup, TextArea, useToast, useUi } from '@curbstop/ui'
import { useEffect, useState } from 'react'
import { ActForm } from '../../desk/TaskDialogs.tsx'
import { useDo, useRehearsal } from '../../shell/ask.ts'
import { useRefreshArea } from '../../shell/refresh-area.ts'
import { useWords } from '../../shell/words.ts'

type Props = {
  servicePointId: ServicePointId
  accountId: AccountId
  onOrdered: (testId: Id<'meter-test'>) => void
  onClose: () => void
}

/** MTR-009: who asks, whether they attend, and at once what it costs and when the letter is due. */
export function OrderTestDialog({ servicePointId, accountId, onOrdered, onClose }: Props) {
  const t = useWords('meterTests')
  const { today } = useUi()
  const toasts = useToast()
  const refresh = useRefreshArea('metering', 'fieldwork', 'reports', 'desk')
  const order = useDo(metering.orderMeterTest)
  const check = useRehearsal(metering.orderMeterTest)
  const [askedBy, setAskedBy] = useState<'customer' | 'district'>('customer')
  const [attends, setAttends] = useState(false)
  const [wantedOn, setWanted] = useState<LocalDate | null>(null)
  const [instructions, setInstructions] = useState('')
  const isCustomer = askedBy === 'customer'
  const wish = {
    ...{ servicePointId, accountId, askedBy, attends: isCustomer && attends, instructions },
    ...(wantedOn ? { wantedOn } : {}),
  }
  const { mutate: rehearse } = check
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when the choice changed, not the instructions
  useEffect(() => rehearse({ ...wish, instructions: '' }), [askedBy, attends, wantedOn, rehearse])
  const submit = () =>
    order.mutate(wish, {
      onSuccess: made => {
        refresh()
        toasts.show({ text: t('order.done', { order: String(made.orderId) }) })
        onOrdered(made.testId)
      },
    })
  return (
    <ActForm
      title={t('order.title')}
      doIt={t('order.do')}
      {...{ onSubmit: submit, onClose, asked: order }}
      fields={['wantedOn', 'accountId', 'instructions']}
    >
      <RadioGroup
        label={t('order.askedBy')}
        name="askedBy"
        options={[
          { id: 'customer', label: t('order.customer') },
          { id: 'district', label: t('order.district') },
        ]}
        value={askedBy}
        onChange={setAskedBy}
      />
      {isCustomer && (
        <Checkbox checked={attends} onChange={setAttends}>
          {t('order.attends')}
        </Checkbox>
      )}
      <DateField
        label={t('order.on')}
        name="wantedOn"
        optional
        description={t('order.onHelp')}
        value={wantedOn}
        onChange={setWanted}
        {...(today ? { min: today } : {})}
      />
      <TextArea
        label={t('order.note')}
        name="instructions"
        optional
        value={instructions}
        onChange={setInstructions}
        rows={2}
      />
      <p aria-live="polite">{check.error ? check.error.message : <Clock made={check.data} />}</p>
    </ActForm>
  )
}

type Made = NonNullable<ReturnType<typeof useRehearsal<typeof metering.orderMeterTest>>['data']>

function Clock({ made }: { made: Made | undefined }) {
  const t = useWords('meterTests')
  const { strings, today } = useUi()
  if (!made) return null
  const { feeCents, testOn, resultDueOn } = made
  if (!testOn || !resultDueOn) return t('order.free')
  const day = (on: LocalDate) => formatDate(on, strings, { today })
  return t('order.clock', { fee: formatDollars(feeCents), on: day(testOn), due: day(resultDueOn) })
}
