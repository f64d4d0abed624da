import { addDays, type LocalDate } from '@curbstop/kernel/dates'
import { metering } from '@curbstop/server/contract/staff'
import { DateField, FormDialog, formatDate, TextField, useToast, useUi } from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../../../shell/ask.ts'
import { fieldErrors } from '../../../shell/call.ts'
import { useRefreshArea } from '../../../shell/refresh-area.ts'
import { useWords } from '../../../shell/words.ts'
import type { Limits, Tunable } from './limits.ts'

type SetProps = { rule: Tunable; limits: Limits; onClose: () => void }

/** New limits as dated policy: from a day on, with the reason. What was judged before stays. */
export function SetLimitsDialog({ rule, limits, onClose }: SetProps) {
  const t = useWords('readRules')
  const { strings, today } = useUi()
  const toasts = useToast()
  const refresh = useRefreshArea('metering')
  const set = useDo(metering.setLimits)
  const [from, setFrom] = useState<LocalDate | null>(today ? addDays(today, 1) : null)
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const on = from ? formatDate(from, strings, { today }) : ''
  const submit = () => {
    if (!from) return setWrong(t('try.noDay'))
    if (reason.trim().length < 4) return setWrong(t('try.missing'))
    set.mutate(
      { rule, value: { ...limits }, from, reason },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('try.done', { rule, on }) })
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('try.setTitle', { rule })}
      doIt={t('try.set')}
      onSubmit={submit}
      onClose={onClose}
      busy={set.isPending}
      errors={fieldErrors(set.error)}
      error={wrong ?? set.error?.message}
    >
      <p>
        {t('try.change')}:{' '}
        {Object.entries(limits)
          .map(([name, value]) => `${t(`key.${name as 'value'}`)} ${value}`)
          .join(' · ')}
      </p>
      <DateField label={t('try.from')} name="from" value={from} onChange={setFrom} autoFocus />
      <TextField label={t('try.reason')} name="reason" value={reason} onChange={setReason} />
      {on && <p className="cs-quiet">{t('try.says', { on })}</p>}
    </FormDialog>
  )
}
