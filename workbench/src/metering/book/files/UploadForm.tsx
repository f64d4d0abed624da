import type { LocalDate } from '@curbstop/kernel/dates'
import { metering, type ReadFileFormat, readFileFormats } from '@curbstop/server/contract/staff'
import {
  Button,
  Checkbox,
  DateField,
  FieldRow,
  Form,
  FormActions,
  formatNumber,
  ProgressBar,
  Section,
  Select,
  TextField,
  useToast,
  useUi,
} from '@curbstop/ui'
import { useRef, useState } from 'react'
import { useDo } from '../../../shell/ask.ts'
import { fieldErrors } from '../../../shell/call.ts'
import { useDeeds } from '../../../shell/keys.ts'
import { useRefreshArea } from '../../../shell/refresh-area.ts'
import { useMay } from '../../../shell/session.ts'
import { useWords } from '../../../shell/words.ts'
import { CsvMappingForm } from './CsvMapping.tsx'
import { sendFile } from './send.ts'
import { type Draft, faultsOf, useDraft } from './use-draft.ts'

const sizeText = (bytes: number): string =>
  bytes < 1e6
    ? `${formatNumber(Math.ceil(bytes / 1e3))} kB`
    : `${formatNumber(Math.round(bytes / 1e5) / 10)} MB`

/** Choose a file, see what it looks like, say what its columns are, and send it; the loading goes on by itself. */
export function UploadForm() {
  const t = useWords('readFiles')
  const mayLoad = useMay('metering.load')
  const input = useRef<HTMLInputElement>(null)
  const { draft, take, change, clear } = useDraft()
  const pick = () => input.current?.click()
  useDeeds([
    {
      ...{ id: 'files-choose', title: t('upload.choose'), keys: 'n', section: t('section'), run: pick },
      ...(mayLoad ? {} : { blocked: t('mayNot') }),
    },
  ])
  return (
    <Section title={t('upload.title')}>
      <div className="wb-drop">
        <div className="cs-inline">
          <Button kbd="n" disabledReason={mayLoad ? null : t('mayNot')} onPress={pick}>
            {t('upload.choose')}
          </Button>
          {draft && (
            <span>{t('upload.chosen', { name: draft.file.name, size: sizeText(draft.file.size) })}</span>
          )}
        </div>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t('upload.choose')}
          onChange={event => {
            const [file] = event.currentTarget.files ?? []
            if (file) void take(file)
            event.currentTarget.value = ''
          }}
        />
        {draft && <DraftForm key={draft.file.name} draft={draft} change={change} clear={clear} />}
      </div>
    </Section>
  )
}

type DraftProps = { draft: Draft; change: ReturnType<typeof useDraft>['change']; clear: () => void }

function DraftForm({ draft, change, clear }: DraftProps) {
  const t = useWords('readFiles')
  const { timeZone, today } = useUi()
  const [zone, setZone] = useState(timeZone)
  const [on, setOn] = useState<LocalDate | null>(today ?? null)
  const [strict, setStrict] = useState(false)
  const { send, stop, sent, isSending, error } = useSending(clear)
  const { file, format, guessed, head } = draft
  const faults = faultsOf(draft)
  const why =
    file.size === 0
      ? t('upload.empty')
      : format === null
        ? t('upload.noFormat')
        : faults.length > 0
          ? t('upload.missing', { faults: faults.join('; ') })
          : null
  const submit = () => {
    if (why === null && !isSending) void send(draft, { zone, on, strict })
  }
  return (
    <Form label={t('upload.title')} onSubmit={submit} errors={fieldErrors(error)} error={error?.message}>
      <FieldRow>
        <Select<ReadFileFormat>
          label={t('upload.format')}
          value={format}
          onChange={next => change({ format: next })}
          description={
            guessed ? t('upload.guessed', { format: t(`format.${guessed}`) }) : t('upload.notGuessed')
          }
          options={readFileFormats.map(id => ({ id, label: t(`format.${id}`) }))}
        />
        <TextField
          label={t('upload.zone')}
          name="zone"
          description={t('upload.zoneHelp')}
          value={zone}
          onChange={setZone}
        />
        <DateField
          label={t('upload.on')}
          name="on"
          description={t('upload.onHelp')}
          optional
          value={on}
          onChange={setOn}
        />
      </FieldRow>
      {format === 'csv' && head.length > 0 && (
        <CsvMappingForm draft={draft} onChange={mapping => change({ mapping })} />
      )}
      <Checkbox checked={strict} onChange={setStrict}>
        {t('upload.strict')}
      </Checkbox>
      {isSending ? (
        <ProgressBar
          label={t('upload.sending', { name: file.name })}
          done={sent}
          total={file.size}
          unit={t('one.bytes')}
          onCancel={stop}
        />
      ) : (
        <FormActions>
          <Button type="submit" variant="primary" disabledReason={why}>
            {t('upload.send')}
          </Button>
        </FormActions>
      )}
    </Form>
  )
}

type How = { zone: string; on: LocalDate | null; strict: boolean }

/** Part by part to the server, then handed to whoever loads it. */
function useSending(onSent: () => void) {
  const t = useWords('readFiles')
  const toasts = useToast()
  const refresh = useRefreshArea('metering')
  const takeFile = useDo(metering.takeReadFile)
  const stopper = useRef<AbortController | null>(null)
  const [sent, setSent] = useState<number | null>(null)
  const [lost, setLost] = useState<Error | null>(null)
  const send = async ({ file, format, head, mapping }: Draft, { zone, on, strict }: How) => {
    stopper.current = new AbortController()
    setSent(0)
    setLost(null)
    try {
      const spoolId = await sendFile(file, { onProgress: setSent, signal: stopper.current.signal })
      await takeFile.mutateAsync({
        ...{ spoolId, format: format!, name: file.name, strict },
        ...(zone.trim() ? { zone: zone.trim() } : {}),
        ...(on ? { on } : {}),
        ...(format === 'csv' && head.length > 0 ? { mapping: mapping as never } : {}),
      })
      toasts.show({ text: t('upload.sent', { name: file.name }) })
      refresh()
      onSent()
    } catch (error) {
      if ((error as Error).name !== 'AbortError') setLost(error as Error)
    }
    setSent(null)
  }
  return {
    send,
    stop: () => stopper.current?.abort(),
    sent: sent ?? 0,
    isSending: sent !== null,
    error: takeFile.error ?? (lost as typeof takeFile.error),
  }
}
