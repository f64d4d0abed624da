import { addMonths } from '@curbstop/kernel/dates'
import type { Output } from '@curbstop/kernel/endpoint'
import { metering } from '@curbstop/server/contract/staff'
import {
  Button,
  FactList,
  FieldRow,
  Form,
  FormActions,
  formatDate,
  NumberField,
  Select,
  useUi,
} from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../../../shell/ask.ts'
import { fieldErrors } from '../../../shell/call.ts'
import { useMay } from '../../../shell/session.ts'
import { useWords } from '../../../shell/words.ts'
import { gallonsText } from '../format.ts'
import { type Limits, limitsOf, sameLimits, type Tunable } from './limits.ts'
import type { Outcome } from './ReadRulesPage.tsx'
import { SetLimitsDialog } from './SetLimitsDialog.tsx'

type Trial = Output<typeof metering.tryLimits>
type Sample = Trial['gained'][number]
const monthsBack = 6

/** Other numbers, tried on a month's reads: what they would have caught. Only what was tried can be set. */
export function TryLimits({ rule, outcome }: { rule: Tunable; outcome: Outcome }) {
  const t = useWords('readRules')
  const { today } = useUi()
  const [limits, setLimits] = useState<Limits>(() => limitsOf(outcome.value))
  const [month, setMonth] = useState(() => (today ? addMonths(today, -1).slice(0, 7) : ''))
  const [tried, setTried] = useState<Limits | null>(null)
  const [isSetting, setSetting] = useState(false)
  const mayTune = useMay('metering.tune')
  const trial = useDo(metering.tryLimits)
  const run = () => trial.mutate({ month, rule, value: { ...limits } }, { onSuccess: () => setTried(limits) })
  const why = !mayTune ? t('try.mayNot') : sameLimits(limits, tried) ? null : t('try.tryFirst')
  return (
    <Form
      label={t('try.title', { rule, name: outcome.name })}
      onSubmit={run}
      errors={fieldErrors(trial.error)}
      error={trial.error?.message}
    >
      <FieldRow>
        {Object.entries(limits).map(([name, value]) => (
          <NumberField
            key={name}
            label={t(`key.${name as 'value'}`)}
            name={`value.${name}`}
            min={0}
            value={value}
            onChange={next => next !== null && setLimits({ ...limits, [name]: next })}
          />
        ))}
        <MonthField month={month} onChange={setMonth} />
      </FieldRow>
      <FormActions>
        <Button type="submit" variant="primary" busy={trial.isPending}>
          {t('try.run')}
        </Button>
        <Button disabledReason={why} onPress={() => setSetting(true)}>
          {t('try.set')}
        </Button>
        <span className="cs-quiet">{t('try.nothing')}</span>
      </FormActions>
      {trial.data && <TrialResult trial={trial.data} />}
      {isSetting && <SetLimitsDialog rule={rule} limits={limits} onClose={() => setSetting(false)} />}
    </Form>
  )
}

function MonthField({ month, onChange }: { month: string; onChange: (month: string) => void }) {
  const t = useWords('readRules')
  const { today, strings } = useUi()
  if (!today) return null
  const months = Array.from({ length: monthsBack }, (_, at) => addMonths(today, -at).slice(0, 7))
  return (
    <Select<string>
      label={t('try.month')}
      value={month}
      onChange={onChange}
      options={months.map(id => ({
        id,
        label: `${strings.calendar.months[Number(id.slice(5)) - 1]} ${id.slice(0, 4)}`,
      }))}
    />
  )
}

function TrialResult({ trial }: { trial: Trial }) {
  const t = useWords('readRules')
  const { reads, gained, lost } = trial
  const change = (before: number, after: number) =>
    t('try.change_', { before: before.toLocaleString('en-US'), after: after.toLocaleString('en-US') })
  const facts = [
    { label: t('try.reads'), value: reads.toLocaleString('en-US') },
    { label: t('try.caught'), value: change(trial.before, trial.after) },
    { label: t('try.doubt'), value: change(trial.doubtBefore, trial.doubtAfter) },
    { label: t('try.stops'), value: change(trial.stopBefore, trial.stopAfter) },
  ]
  return (
    <div className="cs-stack" role="status">
      <div className="wb-trial-facts">
        <FactList facts={facts} lined />
      </div>
      <div className="wb-trial">
        <Samples title={t('try.gained')} samples={gained} />
        <Samples title={t('try.lost')} samples={lost} />
      </div>
    </div>
  )
}

function Samples({ title, samples }: { title: string; samples: readonly Sample[] }) {
  const t = useWords('readRules')
  const { strings, today } = useUi()
  const text = ({ serial, onDate, gallons, expectedGallons }: Sample) => {
    const on = formatDate(onDate, strings, { today, short: true })
    if (gallons === null || expectedGallons === null) return t('try.sampleBare', { serial, on })
    return t('try.sample', {
      ...{ serial, on },
      gallons: gallonsText(gallons),
      expected: gallonsText(expectedGallons),
    })
  }
  return (
    <div>
      <h4 className="cs-section-title">{title}</h4>
      {samples.length === 0 ? (
        <p className="cs-quiet">{t('try.none')}</p>
      ) : (
        <ul className="wb-problems">
          {samples.map(sample => (
            <li key={`${sample.serial} ${sample.onDate}`}>{text(sample)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
