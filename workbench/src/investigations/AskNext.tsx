import { investigations } from '@curbstop/server/contract/staff'
import { Alert, Button, LinkButton } from '@curbstop/ui'
import { useState } from 'react'
import type { View } from '../accounts/view.ts'
import { noteStep } from '../contacts/steps.ts'
import { useDo } from '../shell/ask.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { useCase } from './use-case.ts'

type Ranking = NonNullable<View['causes']>
type Answer = Ranking['questions'][number]['answers'][number]

/** The question that settles most, with its answers as buttons; an answer ranks again at once. */
export function AskNext({ view, ranking }: { view: View; ranking: Ranking }) {
  const t = useWords('investigations')
  const mayWork = useMay('investigations.work')
  const { accountId } = view.account
  const research = useCase(accountId, ranking.investigationId)
  const answering = useDo(investigations.answer)
  const [skipped, setSkipped] = useState(0)
  const ordered = ranking.nextQuestion
    ? [ranking.nextQuestion, ...ranking.questions.filter(one => one.code !== ranking.nextQuestion?.code)]
    : ranking.questions
  const question = ordered[skipped % Math.max(1, ordered.length)]
  if (!question) return null
  const answer = async ({ code, says }: Answer) => {
    const investigationId = await research.begin()
    const next = await answering.mutateAsync({
      accountId,
      investigationId,
      question: question.code,
      answer: code,
    })
    noteStep(accountId, { kind: 'heard', facts: { words: says } })
    setSkipped(0)
    research.keep(next)
  }
  const error = answering.error ?? research.openError
  return (
    <div className="wb-ask-next">
      <p className="cs-section-title">{t('ask')}</p>
      <p>{`“${question.ask}”`}</p>
      <p className="cs-quiet cs-small">{question.why}</p>
      <div className="cs-inline">
        {question.answers.map(one => (
          <Button
            key={one.code}
            busy={answering.isPending}
            disabledReason={mayWork ? null : t('mayNotAnswer')}
            onPress={() => void answer(one).catch(() => undefined)}
          >
            {one.label}
          </Button>
        ))}
        {ordered.length > 1 && (
          <LinkButton onPress={() => setSkipped(skipped + 1)}>{t('askOther')}</LinkButton>
        )}
      </div>
      {error && <Alert tone="red" live title={error.message} />}
    </div>
  )
}
