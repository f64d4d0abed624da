import { metering } from '@curbstop/server/contract/staff'
import { FormDialog, TextField } from '@curbstop/ui'
import { useEffect, useRef, useState } from 'react'
import { useDo } from '../../shell/ask.ts'
import { fieldErrors } from '../../shell/call.ts'
import { useWords } from '../../shell/words.ts'
import type { DecisionAct } from './acts.ts'
import { Dials } from './Dials.tsx'
import { calculateUse, suggestedValue } from './dial-use.ts'
import { dialText, gallonsText } from './format.ts'
import { Reasons } from './Reasons.tsx'
import type { ExceptionView } from './shapes.ts'
import { ValueMeans } from './ValueMeans.tsx'

type DecideProps = {
  act: DecisionAct
  view: ExceptionView
  onDone: (view: ExceptionView, act: DecisionAct) => void
  onClose: () => void
}

/** What the decision means, and why it is made: a usual reason is one key, and the next read opens by itself. */
export function DecideDialog({ act, view, onDone, onClose }: DecideProps) {
  const t = useWords('readBook')
  const kinds = useWords('metering')
  const decide = useDo(metering.decideException)
  const [own, setOwn] = useState('')
  const [digits, setDigits] = useState(() => dialText(suggestedValue(view) ?? view.value ?? 0n, view.dials))
  const [wrong, setWrong] = useState<string | null>(null)
  const corrects = act === 'corrected'
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => field.current?.select(), 50) // once the dialog has put the hand there
    return () => clearTimeout(timer)
  }, [])
  const isValue = /^\d{1,15}$/.test(digits.trim())
  const value = corrects && isValue ? BigInt(digits.trim()) : null
  const run = (reason: string) => {
    if (corrects && value === null) return setWrong(t('form.valueMissing'))
    if (value !== null && value >= 10n ** BigInt(view.dials))
      return setWrong(t('form.valueLong', { dials: view.dials }))
    if (reason.trim().length < 4) return
    const { exceptionId, version } = view
    decide.mutate(
      { exceptionId, version, decision: act, reason, ...(value === null ? {} : { value }) },
      { onSuccess: () => onDone(view, act) },
    )
  }
  const usual = t(`reason.${act}`, { returnObjects: true }) as readonly string[]
  const { value: _, ...errors } = fieldErrors(decide.error) ?? {}
  return (
    <FormDialog
      title={`${t(`act.${act}`)}: ${view.address}`}
      doIt={t('form.doIt')}
      onSubmit={() => run(own)}
      onClose={onClose}
      busy={decide.isPending}
      errors={errors}
      error={decide.error?.message}
    >
      <Reasons usual={usual} own={own} onOwn={setOwn} onChoose={run} busy={decide.isPending}>
        {corrects ? (
          <>
            <TextField
              label={t('form.value')}
              name="value"
              description={t('form.valueHelp', {
                dials: view.dials,
                unit: kinds(`unit.${view.unit}`),
              })}
              inputMode="numeric"
              error={wrong}
              autoFocus
              ref={field}
              value={digits}
              onChange={next => {
                setDigits(next)
                setWrong(null)
              }}
            />
            {value !== null && <Dials view={view} value={value} />}
            {value !== null && <ValueMeans view={view} value={value} />}
          </>
        ) : undefined}
      </Reasons>
      {!corrects && <Meaning act={act} view={view} />}
    </FormDialog>
  )
}

/** What stands afterwards, before it is done. */
function Meaning({ act, view }: Pick<DecideProps, 'act' | 'view'>) {
  const t = useWords('readBook')
  const { estimate, value, gallons, dials } = view
  if (act === 'estimated' && estimate)
    return (
      <p>
        {t('form.estimate', {
          value: dialText(estimate.value, dials),
          gallons: gallonsText(estimate.gallons),
          method: t(`form.method.${estimate.method as 'peer-median'}`),
        })}
      </p>
    )
  if (value === null) return null
  if (act === 'rollover') return <ValueMeans view={view} value={value} />
  const moved = gallons ?? calculateUse(value, view)?.gallons ?? null
  return <p>{t('form.stands', { value: dialText(value, dials), gallons: gallonsText(moved) })}</p>
}
