import type { LocalDate } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import type { AccountId } from '@curbstop/kernel/ids'
import { metering } from '@curbstop/server/contract/staff'
import {
  Button,
  DateField,
  FieldRow,
  Form,
  FormActions,
  Section,
  Select,
  TextField,
  useToast,
  useUi,
} from '@curbstop/ui'
import { useState } from 'react'
import { useDo, useRehearsal } from '../shell/ask.ts'
import { faults } from '../shell/faults.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { DialFields, dialsOf, isDial } from './DialFields.tsx'
import { ExchangeDialog } from './ExchangeDialog.tsx'
import type { MeterCard } from './MeterFacts.tsx'
import { ReadChecked } from './ReadChecked.tsx'
import { UnusualUse } from './UnusualUse.tsx'

type Enter = Input<typeof metering.enterRead>
const kinds = ['actual', 'customer', 'estimated', 'final'] as const
const sources = ['office', 'customer', 'handheld', 'field-order'] as const

/** What the dials show: first what it would mean, then it is kept. A refusal says which three things it can be. */
export function EnterRead({ meter, accountId }: { meter: MeterCard | null; accountId: AccountId }) {
  const t = useWords('metering')
  const { today } = useUi()
  const toasts = useToast()
  const refresh = useRefreshArea('metering', 'reports')
  const mayRead = useMay('metering.read')
  const mayExchange = useMay('metering.exchange')
  const check = useRehearsal(metering.enterRead)
  const keep = useDo(metering.enterRead)
  const [readOn, setReadOn] = useState<LocalDate | null>(today)
  const [values, setValues] = useState<Readonly<Record<number, string>>>({})
  const [kind, setKind] = useState<(typeof kinds)[number]>('actual')
  const [source, setSource] = useState<(typeof sources)[number]>('office')
  const [note, setNote] = useState('')
  const [knows, setKnows] = useState(false)
  const [isExchanging, setExchanging] = useState(false)
  const why = !meter ? t('whyNot.noMeter') : mayRead ? null : t('whyNot.read')
  const registers = meter?.registers ?? []
  const isWhole = registers.every(one => isDial(values[one.registerNo] ?? ''))
  const read: Enter | null =
    meter && readOn && isWhole
      ? {
          meterId: meter.meterId,
          readOn,
          kind,
          source,
          values: dialsOf(registers, values),
          ...(note.trim() ? { note } : {}),
          ...(knows ? { knowsUnusual: true } : {}),
        }
      : null
  const answer = check.data
  const refusal = keep.error ?? check.error
  const unusual = refusal?.code === 'metering.read-unusual' ? refusal : null
  const touch =
    <V,>(set: (value: V) => void) =>
    (value: V) => {
      check.reset()
      keep.reset()
      setKnows(false)
      set(value)
    }
  const submit = () => {
    if (!read || why) return
    if (!answer) return check.mutate(read)
    keep.mutate(read, {
      onSuccess: () => {
        refresh()
        check.reset()
        setValues({})
        setNote('')
        setKnows(false)
        toasts.show({ text: t(knows ? 'enter.keptUnusual' : 'enter.kept') })
      },
    })
  }
  return (
    <>
      <Section title={t('enter.title')}>
        <Form
          label={t('enter.title')}
          onSubmit={submit}
          {...faults(unusual ? null : refusal, ['readOn', 'kind', 'source', 'note'])}
        >
          <DateField
            label={t('enter.on')}
            name="readOn"
            value={readOn}
            onChange={touch(setReadOn)}
            {...(today ? { max: today } : {})}
          />
          <DialFields
            registers={registers}
            values={values}
            onChange={touch(setValues)}
            one={t('enter.value')}
            many={no => t('enter.valueOf', { no })}
          />
          <FieldRow>
            <Select
              label={t('enter.kind')}
              name="kind"
              options={kinds.map(id => ({ id, label: t(`readKind.${id}`) }))}
              value={kind}
              onChange={touch(setKind)}
            />
            <Select
              label={t('enter.source')}
              name="source"
              options={sources.map(id => ({ id, label: t(`source.${id}`) }))}
              value={source}
              onChange={touch(setSource)}
            />
          </FieldRow>
          <TextField label={t('enter.note')} name="note" optional value={note} onChange={touch(setNote)} />
          {answer && <ReadChecked answer={answer} />}
          <UnusualUse accountId={accountId} refusal={unusual} knows={knows} onKnow={setKnows} />
          <FormActions>
            <Button
              type="submit"
              variant="primary"
              busy={check.isPending || keep.isPending}
              disabledReason={why ?? (isWhole ? null : t('enter.wrong'))}
            >
              {answer ? t('enter.keep') : t('enter.check')}
            </Button>
          </FormActions>
        </Form>
      </Section>
      <div className="cs-inline">
        <Button
          disabledReason={!meter ? t('whyNot.noMeter') : mayExchange ? null : t('whyNot.exchange')}
          onPress={() => setExchanging(true)}
        >
          {t('enter.exchange')}
        </Button>
      </div>
      {isExchanging && meter && <ExchangeDialog meter={meter} onClose={() => setExchanging(false)} />}
    </>
  )
}
