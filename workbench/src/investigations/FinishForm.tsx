import { investigations } from '@curbstop/server/contract/staff'
import { Button, Form, Select, TextArea, useToast } from '@curbstop/ui'
import { useState } from 'react'
import type { View } from '../accounts/view.ts'
import { noteStep } from '../contacts/steps.ts'
import { useDo } from '../shell/ask.ts'
import { fieldErrors } from '../shell/call.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import type { CaseView } from './use-case.ts'

/** The finding: closed by whoever may decide, or referred up with the finding proposed (LEAK-001). */
export function FinishForm(props: { view: View; research: CaseView; onDone: (next: CaseView) => void }) {
  const { research, onDone } = props
  const t = useWords('investigations')
  const toasts = useToast()
  const mayDecide = useMay('investigations.decide')
  const closing = useDo(investigations.close)
  const referring = useDo(investigations.refer)
  const likeliest = research.ranking.causes[0]?.cause ?? null
  const [finding, setFinding] = useState<string | null>(likeliest)
  const [conclusion, setConclusion] = useState('')
  const { accountId, investigationId, version } = research
  const error = closing.error ?? referring.error
  const needs = finding && conclusion.trim().length >= 10 ? null : t('finish.needs')
  const name = research.causeChoices.find(one => one.code === finding)?.name ?? ''
  const close = () => {
    if (needs || !finding) return
    closing.mutate(
      { accountId, investigationId, version, finding, conclusion },
      {
        onSuccess: next => {
          noteStep(accountId, { kind: 'likely-cause', facts: { cause: name } })
          toasts.show({ text: t('finish.closed') })
          onDone(next)
        },
      },
    )
  }
  const refer = () => {
    if (!finding) return
    referring.mutate(
      { accountId, investigationId, finding, conclusion },
      {
        onSuccess: next => {
          noteStep(accountId, { kind: 'referred', facts: { to: t('finish.refer'), why: name } })
          toasts.show({ text: t('finish.referred') })
          onDone(next)
        },
      },
    )
  }
  return (
    <Form label={t('finish.title')} onSubmit={close} errors={fieldErrors(error)} error={error?.message}>
      <Select
        label={t('finish.finding')}
        options={research.causeChoices.map(one => ({ id: one.code, label: one.name }))}
        value={finding}
        onChange={setFinding}
      />
      <TextArea
        label={t('finish.conclusion')}
        name="conclusion"
        description={t('finish.conclusionHelp')}
        value={conclusion}
        onChange={setConclusion}
        rows={3}
      />
      <div className="cs-inline">
        <Button
          type="submit"
          variant="primary"
          busy={closing.isPending}
          disabledReason={mayDecide ? (research.cannotClose ?? needs) : t('finish.mayNotClose')}
        >
          {t('finish.close')}
        </Button>
        <Button busy={referring.isPending} disabledReason={needs} onPress={refer}>
          {t('finish.refer')}
        </Button>
      </div>
      <p className="cs-quiet cs-small">{t('finish.referHelp')}</p>
    </Form>
  )
}
