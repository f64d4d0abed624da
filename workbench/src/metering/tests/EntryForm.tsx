import type { LocalDate } from '@curbstop/kernel/dates'
import { metering, testFlowsOf, weightedAccuracyOf } from '@curbstop/server/contract/staff'
import {
  Button,
  Checkbox,
  DateField,
  FieldRow,
  Form,
  FormActions,
  formatNumber,
  RadioGroup,
  Section,
  Select,
  TextField,
  useToast,
  useUi,
} from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../../shell/ask.ts'
import { faults } from '../../shell/faults.ts'
import { useRefreshArea } from '../../shell/refresh-area.ts'
import { useMay } from '../../shell/session.ts'
import { useWords } from '../../shell/words.ts'
import { FlowRow } from './FlowRow.tsx'
import { points, type Rules, type Test } from './shapes.ts'
import { emptySheet, runsOf, type Sheet } from './sheet.ts'

const causes = ['wear', 'tampering', 'clerical'] as const

/** The bench sheet: three flows, each judged while it is typed by the same function that judges it for the record. */
export function EntryForm({ test }: { test: Test }) {
  const t = useWords('meterTests')
  const { today } = useUi()
  const toasts = useToast()
  const refresh = useRefreshArea('metering', 'billing', 'reports', 'desk')
  const mayTest = useMay('metering.test')
  const keep = useDo(metering.enterMeterTest)
  const rules = test.rules as Rules
  const [sheet, setSheet] = useState<Sheet>(() => emptySheet(testFlowsOf(test.size, rules)))
  const [testedOn, setOn] = useState<LocalDate | null>(today)
  const [place, setPlace] = useState<'field' | 'bench'>('bench')
  const [isRepaired, setRepaired] = useState(false)
  const [cause, setCause] = useState<(typeof causes)[number]>('wear')
  const [provenFromOn, setProven] = useState<LocalDate | null>(null)
  const [note, setNote] = useState('')
  const runs = runsOf(sheet)
  const why = !mayTest ? t('enter.mayNot') : runs && testedOn ? null : t('enter.missing')
  const submit = () => {
    if (why !== null || !runs || !testedOn) return
    keep.mutate(
      {
        ...{ testId: test.testId, testedOn, place, isRepaired, runs, cause, note },
        ...(provenFromOn ? { provenFromOn } : {}),
      },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('enter.done') })
        },
      },
    )
  }
  const meter = { size: test.size, kind: test.kind, repaired: isRepaired }
  return (
    <Section title={t('enter.title')}>
      <Form
        label={t('enter.title')}
        onSubmit={submit}
        {...faults(keep.error, ['testedOn', 'runs', 'note', 'provenFromOn'])}
      >
        <FieldRow>
          <DateField
            label={t('enter.on')}
            name="testedOn"
            value={testedOn}
            onChange={setOn}
            {...(today ? { max: today } : {})}
          />
          <RadioGroup
            label={t('enter.place')}
            name="place"
            inline
            options={[
              { id: 'bench', label: t('enter.bench') },
              { id: 'field', label: t('enter.field') },
            ]}
            value={place}
            onChange={setPlace}
          />
        </FieldRow>
        {points.map(point => (
          <FlowRow
            key={point}
            {...{ point, meter, rules }}
            typed={sheet[point]}
            onChange={typed => setSheet({ ...sheet, [point]: typed })}
          />
        ))}
        <p aria-live="polite">
          <strong>{t('enter.weighted')}</strong>{' '}
          {runs ? <Weighted runs={runs} rules={rules} /> : t('enter.weightedLater')}
        </p>
        <Checkbox checked={isRepaired} onChange={setRepaired}>
          {t('enter.repaired')}
        </Checkbox>
        <FieldRow>
          <Select
            label={t('enter.cause')}
            name="cause"
            options={causes.map(id => ({ id, label: t(`enter.causes.${id}`) }))}
            value={cause}
            onChange={setCause}
          />
          <DateField
            label={t('enter.proven')}
            name="provenFromOn"
            optional
            value={provenFromOn}
            onChange={setProven}
          />
        </FieldRow>
        <TextField label={t('enter.note')} name="note" optional value={note} onChange={setNote} />
        <FormActions>
          <Button type="submit" variant="primary" busy={keep.isPending} disabledReason={why}>
            {t('enter.do')}
          </Button>
        </FormActions>
      </Form>
    </Section>
  )
}

type WeightedProps = { runs: NonNullable<ReturnType<typeof runsOf>>; rules: Rules }

function Weighted({ runs, rules }: WeightedProps) {
  const t = useWords('meterTests')
  const accuracy = formatNumber(weightedAccuracyOf(runs, rules))
  const { method, low, intermediate, high } = rules.weighting
  return method === 'mean'
    ? t('enter.mean', { accuracy })
    : t('enter.weightedSays', { accuracy, low, intermediate, high })
}
