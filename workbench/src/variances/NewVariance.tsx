import type { LocalDate } from '@curbstop/kernel/dates'
import type { AccountId } from '@curbstop/kernel/ids'
import { accounts, variances } from '@curbstop/server/contract/staff'
import {
  Button,
  Columns,
  DateField,
  FieldRow,
  Form,
  FormActions,
  formatDate,
  Section,
  Select,
  TextArea,
  useToast,
  useUi,
} from '@curbstop/ui'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk, useDo } from '../shell/ask.ts'
import { faults } from '../shell/faults.ts'
import { useDeeds } from '../shell/keys.ts'
import { paths } from '../shell/paths.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { AccountSide } from './AccountSide.tsx'
import { DraftFields } from './DraftFields.tsx'
import { type Draft, useJudged } from './draft.ts'
import { EffectPanel } from './EffectPanel.tsx'
import { RulesPanel } from './RulesPanel.tsx'

const channels = ['counter', 'phone', 'form', 'mail', 'portal'] as const
const formId = 'wb-variance'

/** The request is typed on the left of the bill, the rules answer on the right; Ctrl Enter takes it. */
export function NewVariance({ accountId }: { accountId: AccountId }) {
  const t = useWords('variances')
  const card = useAsk(accounts.getAccountCard, { accountId })
  const [draft, setDraft] = useState<Draft>({ kind: 'household', evidence: [] })
  const judged = useJudged(accountId, draft, true)
  return (
    <Columns
      left={<AccountSide accountId={accountId} current={null} />}
      leftLabel={t('page.account')}
      right={<RulesPanel verdict={judged.check.data} isStale={judged.isStale} />}
      rightLabel={t('rules.title')}
    >
      <div className="wb-head">
        <h1>{t('page.titleNew', { name: card.data?.customerName ?? '' })}</h1>
      </div>
      <TakeForm accountId={accountId} draft={draft} onChange={setDraft} />
      <EffectPanel effect={judged.effect.data} isStale={judged.isStale} />
    </Columns>
  )
}

type TakeProps = { accountId: AccountId; draft: Draft; onChange: (draft: Draft) => void }

function TakeForm({ accountId, draft, onChange }: TakeProps) {
  const t = useWords('variances')
  const { strings, today } = useUi()
  const navigate = useNavigate()
  const toasts = useToast()
  const refresh = useRefreshArea('variances', 'reports', 'desk')
  const mayTake = useMay('variances.request')
  const take = useDo(variances.requestVariance)
  const [channel, setChannel] = useState<(typeof channels)[number]>('counter')
  const [requestedOn, setRequestedOn] = useState<LocalDate | null>(today)
  const [note, setNote] = useState('')
  const submit = () =>
    take.mutate(
      {
        accountId,
        draft,
        channel,
        ...(requestedOn ? { requestedOn } : {}),
        ...(note.trim() ? { note } : {}),
      },
      {
        onSuccess: ({ row }) => {
          refresh()
          toasts.show({ text: t('act.taken', { on: formatDate(row.dueOn, strings, { today }) }) })
          void navigate({ to: paths.variance(accountId, row.varianceId), replace: true })
        },
      },
    )
  useDeeds([
    {
      id: 'variance-take',
      title: t('act.take'),
      keys: '$mod+Enter',
      section: t('page.section'),
      whileTyping: true,
      run: submit,
    },
  ])
  return (
    <Form
      id={formId}
      label={t('draft.title')}
      onSubmit={submit}
      {...faults(take.error, ['channel', 'requestedOn', 'note'])}
    >
      <DraftFields draft={draft} onChange={onChange} />
      <Section title={t('draft.how')}>
        <FieldRow>
          <Select
            label={t('draft.channel')}
            name="channel"
            value={channel}
            onChange={setChannel}
            options={channels.map(id => ({ id, label: t(`channels.${id}`) }))}
          />
          <DateField
            label={t('draft.requestedOn')}
            name="requestedOn"
            value={requestedOn}
            onChange={setRequestedOn}
            {...(today ? { max: today } : {})}
          />
        </FieldRow>
        <TextArea label={t('draft.note')} name="note" optional value={note} onChange={setNote} />
      </Section>
      <FormActions>
        <Button
          type="submit"
          variant="primary"
          kbd="Ctrl+Enter"
          busy={take.isPending}
          disabledReason={mayTake ? null : t('act.mayNot')}
        >
          {t('act.take')}
        </Button>
      </FormActions>
    </Form>
  )
}
