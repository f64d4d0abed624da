import type { AccountId } from '@curbstop/kernel/ids'
import { asId } from '@curbstop/kernel/ids'
import { variances } from '@curbstop/server/contract/staff'
import {
  Badge,
  Button,
  Columns,
  Form,
  FormActions,
  InstantText,
  LocalDateText,
  Section,
  useToast,
} from '@curbstop/ui'
import { useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk, useDo } from '../shell/ask.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useWords } from '../shell/words.ts'
import { AccountSide, Grants } from './AccountSide.tsx'
import { isSame } from './acts.ts'
import { DraftFields } from './DraftFields.tsx'
import { type Draft, useJudged, type View } from './draft.ts'
import { EffectPanel } from './EffectPanel.tsx'
import { LetterList } from './LetterList.tsx'
import { RulesPanel } from './RulesPanel.tsx'
import { VarianceActs } from './VarianceActs.tsx'

/** One request: what is asked and what it does in the middle, the rules and the decision on the right. */
export function OneVariance({ accountId, varianceId }: { accountId: AccountId; varianceId: string }) {
  const asked = useAsk(variances.getVariance, { accountId, varianceId: asId<'variance'>(varianceId) })
  if (!asked.data)
    return (
      <Columns>
        <Answer of={asked} lines={10}>
          {() => null}
        </Answer>
      </Columns>
    )
  const { row } = asked.data
  // another version is another starting point: what was typed on the old one is told by the refusal
  return <Loaded key={row.version} view={asked.data} />
}

const waiting = ['requested', 'proposed', 'evidence-asked', 'appealed']
const nothing: Draft = { kind: 'other', evidence: [] }

function Loaded({ view }: { view: View }) {
  const t = useWords('variances')
  const { row } = view
  const [draft, setDraft] = useState<Draft>(view.draft ?? nothing)
  const isOpen = waiting.includes(row.state) && view.draft !== null
  const isChanged = isOpen && !isSame(draft, view.draft)
  const judged = useJudged(row.accountId, draft, isChanged)
  const verdict = isChanged ? (judged.check.data ?? view.verdict) : view.verdict
  return (
    <Columns
      left={<AccountSide accountId={row.accountId} current={row.varianceId} />}
      leftLabel={t('page.account')}
      right={
        <>
          <VarianceActs view={view} isChanged={isChanged} />
          <RulesPanel verdict={verdict} isStale={isChanged && judged.isStale} />
          <LetterList letters={view.letters} />
        </>
      }
      rightLabel={t('act.title')}
    >
      <Head view={view} />
      {view.grants.length > 0 && (
        <Section title={t('page.grants')}>
          <Grants grants={view.grants} />
        </Section>
      )}
      {view.draft === null ? (
        <p className="cs-quiet">{t('draft.private')}</p>
      ) : (
        <>
          <SaveForm view={view} draft={draft} onChange={setDraft} isOpen={isOpen} isChanged={isChanged} />
          {isOpen && <EffectPanel effect={judged.effect.data} isStale={judged.isStale} />}
        </>
      )}
      <Events view={view} />
    </Columns>
  )
}

function Head({ view: { row } }: { view: View }) {
  const t = useWords('variances')
  const kind = row.kind ? t(`kinds.${row.kind}`) : t('page.privateKind')
  const tone = row.clock === 'late' || row.clock === 'alert' ? 'amber' : 'quiet'
  return (
    <div className="wb-head">
      <h1>{t('page.title', { kind, name: row.customerName || t('list.hiddenName') })}</h1>
      <Badge tone={row.state === 'approved' ? 'green' : tone}>{t(`states.${row.state}`)}</Badge>
      <span className="wb-head-end cs-quiet">
        {row.accountNumber} · {t('list.columns.due')} <LocalDateText date={row.dueOn} />
        {(row.clock === 'late' || row.clock === 'alert') && ` · ${t(`clock.${row.clock}`)}`}
      </span>
    </div>
  )
}

type SaveProps = {
  view: View
  draft: Draft
  onChange: (draft: Draft) => void
  isOpen: boolean
  isChanged: boolean
}

/** What was shown since is added here; the decision waits until it is saved. */
function SaveForm({ view, draft, onChange, isOpen, isChanged }: SaveProps) {
  const t = useWords('variances')
  const toasts = useToast()
  const refresh = useRefreshArea('variances', 'reports')
  const save = useDo(variances.changeVariance)
  const { accountId, varianceId, version } = view.row
  const submit = () => {
    if (!isChanged) return
    save.mutate(
      { accountId, varianceId, version, draft },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('act.saved') })
        },
      },
    )
  }
  return (
    <Form label={t('draft.title')} onSubmit={submit} error={save.error?.message}>
      <DraftFields draft={draft} onChange={onChange} isKindFixed readOnly={!isOpen} />
      {isChanged && (
        <FormActions>
          <Button type="submit" variant="primary" busy={save.isPending}>
            {t('act.save')}
          </Button>
        </FormActions>
      )}
    </Form>
  )
}

function Events({ view: { events } }: { view: View }) {
  const t = useWords('variances')
  return (
    <Section title={t('events.title')}>
      <ol className="wb-events">
        {events.map(event => (
          <li key={String(event.eventId)}>
            <InstantText at={event.at} />
            <span>{`${event.by}: ${t(`events.${event.kind as 'approved'}`)}`}</span>
            {event.reason && <span className="wb-prose">{event.reason}</span>}
          </li>
        ))}
      </ol>
    </Section>
  )
}
