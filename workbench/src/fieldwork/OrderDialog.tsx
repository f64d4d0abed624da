import type { LocalDate } from '@curbstop/kernel/dates'
import { formatInstant } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { fieldwork } from '@curbstop/server/contract/staff'
import {
  Alert,
  DateField,
  FieldRow,
  FormDialog,
  Select,
  TextArea,
  TextField,
  useToast,
  useUi,
} from '@curbstop/ui'
import { useState } from 'react'
import type { View } from '../accounts/view.ts'
import { useInHand } from '../contacts/in-hand.ts'
import { noteStep } from '../contacts/steps.ts'
import { useAsk, useDo } from '../shell/ask.ts'
import { faults } from '../shell/faults.ts'
import { useRefreshAccount } from '../shell/refresh.ts'
import { useWords } from '../shell/words.ts'
import { useDuePreview } from './use-due-preview.ts'

type Order = Input<typeof fieldwork.makeOrder>
type Kind = Order['kind']
type OrderProps = { view: View; onClose: () => void; kind?: string; instructions?: string }

const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/
const wall = (text: string): string | null => {
  const match = clock.exec(text.trim())
  return match ? `${match[1]!.padStart(2, '0')}:${match[2]}` : null
}

/** Sends a field representative: kind, day and window, what to know at the curb; the due time is shown first. */
export function OrderDialog(props: OrderProps) {
  const { view, onClose } = props
  const t = useWords('newOrder')
  const { timeZone } = useUi()
  const toasts = useToast()
  const refresh = useRefreshAccount(view.account.accountId)
  const { contact } = useInHand()
  const kinds = useAsk(fieldwork.listOrderKinds, {}, { staleTime: 3_600_000 })
  const make = useDo(fieldwork.makeOrder)
  const [kind, setKind] = useState<Kind>((props.kind as Kind | undefined) ?? 'LEAK')
  const [instructions, setInstructions] = useState(props.instructions ?? '')
  const [wantedOn, setWantedOn] = useState<LocalDate | null>(null)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const { accountId } = view.account
  const served = new Set(view.account.services.map(one => one.servicePointId))
  const points = view.premise?.servicePoints.filter(one => served.has(one.servicePointId)) ?? []
  const [point, setPoint] = useState<string | null>(null)
  const chosen = points.find(one => String(one.servicePointId) === point) ?? points[0]
  const wrongTime = [from, to].some(text => text.trim() !== '' && wall(text) === null)
  const order: Order | null =
    view.premise && !wrongTime
      ? {
          kind,
          premiseId: view.premise.premiseId,
          accountId,
          instructions,
          ...(chosen ? { servicePointId: chosen.servicePointId } : {}),
          ...(wantedOn ? { wantedOn } : {}),
          ...(wall(from) ? { wantedFrom: wall(from)! } : {}),
          ...(wall(to) ? { wantedTo: wall(to)! } : {}),
          ...(contact?.accountId === accountId ? { contactId: contact.contactId } : {}),
        }
      : null
  const due = useDuePreview(order)
  const submit = () => {
    if (!order) return
    make.mutate(order, {
      onSuccess: ({ order: made }) => {
        noteStep(accountId, {
          kind: 'order-made',
          facts: { orderId: String(made.orderId), what: made.name, ...(wantedOn ? { wantedOn } : {}) },
        })
        refresh()
        const at = formatInstant(made.dueAt, timeZone, view.today)
        toasts.show({ text: t('made', { name: made.name, at }) })
        onClose()
      },
    })
  }
  const says = kinds.data?.find(one => one.kind === kind)
  const needs = says?.needsRead ? t('needs.read') : says?.needsPsi ? t('needs.psi') : t('needs.nothing')
  const same = view.orders.find(one => one.isOpen && one.kind === kind)
  const accounts = useWords('accounts')
  return (
    <FormDialog
      title={t('title')}
      doIt={t('make')}
      onSubmit={submit}
      onClose={onClose}
      busy={make.isPending}
      aside={
        due && <span className="cs-quiet">{t('due', { at: formatInstant(due, timeZone, view.today) })}</span>
      }
      {...faults(make.error, ['wantedOn', 'wantedFrom', 'wantedTo', 'instructions'])}
    >
      <Select
        label={t('kind')}
        options={(kinds.data ?? []).map(one => ({ id: one.kind, label: one.name }))}
        value={kind}
        onChange={setKind}
        autoFocus
        {...(says ? { description: t('kindHelp', { needs, citation: says.citation }) } : {})}
      />
      {same && <Alert tone="amber" title={t('open', { state: accounts(`work.orderState.${same.state}`) })} />}
      {points.length > 1 && (
        <Select
          label={t('point')}
          options={points.map(one => ({
            id: String(one.servicePointId),
            label: [t(`service.${one.service}`), one.locationNote].filter(Boolean).join(' · '),
          }))}
          value={chosen ? String(chosen.servicePointId) : null}
          onChange={setPoint}
        />
      )}
      <WindowFields
        today={view.today}
        wantedOn={wantedOn}
        onWantedOn={setWantedOn}
        from={from}
        onFrom={setFrom}
        to={to}
        onTo={setTo}
      />
      <TextArea
        label={t('instructions')}
        name="instructions"
        optional
        description={t('instructionsHelp')}
        value={instructions}
        onChange={setInstructions}
        rows={3}
      />
      {view.premise && view.premise.hazards.length > 0 && (
        <p className="cs-tone-amber">
          {t('hazards', { list: view.premise.hazards.map(one => one.note).join('; ') })}
        </p>
      )}
    </FormDialog>
  )
}

type WindowProps = {
  today: LocalDate
  wantedOn: LocalDate | null
  onWantedOn: (on: LocalDate | null) => void
  from: string
  onFrom: (text: string) => void
  to: string
  onTo: (text: string) => void
}

/** The day and the hours somebody is wanted. */
function WindowFields({ today, wantedOn, onWantedOn, from, onFrom, to, onTo }: WindowProps) {
  const t = useWords('newOrder')
  return (
    <FieldRow>
      <DateField
        label={t('wantedOn')}
        name="wantedOn"
        optional
        description={t('wantedHelp')}
        value={wantedOn}
        onChange={onWantedOn}
        min={today}
      />
      <TimeField label={t('from')} value={from} onChange={onFrom} wrong={t('time')} name="wantedFrom" />
      <TimeField label={t('to')} value={to} onChange={onTo} wrong={t('time')} name="wantedTo" />
    </FieldRow>
  )
}

type TimeProps = {
  label: string
  name: string
  value: string
  wrong: string
  onChange: (text: string) => void
}

function TimeField({ wrong, ...props }: TimeProps) {
  const isWrong = props.value.trim() !== '' && wall(props.value) === null
  return <TextField {...props} optional placeholder="08:30" error={isWrong ? wrong : null} />
}
