import { investigations } from '@curbstop/server/contract/staff'
import { Alert, Button, Icon } from '@curbstop/ui'
import { useEffect, useRef, useState } from 'react'
import type { View } from '../accounts/view.ts'
import { noteStep, type Step } from '../contacts/steps.ts'
import { useDo } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'
import { FixtureTable } from './FixtureTable.tsx'
import { emptyReads, type ReadsDraft, readsOf, TwoReads } from './TwoReads.tsx'
import type { CaseView } from './use-case.ts'

type StepProps = {
  view: View
  research: CaseView
  step: CaseView['leakCheck'][number]
  no: number
  isOpen: boolean
  onOpen: () => void
  onDone: (answer: CaseView) => void
}

/** One step of the leak check: what to say, what they answer; the answer is kept as evidence. */
export function CheckStep({ view, research, step, no, isOpen, onOpen, onDone }: StepProps) {
  const t = useWords('investigations')
  const head = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(isOpen)
  // The answered step closes under the cursor: it goes to the step that opened, not to the panel's first button.
  useEffect(() => {
    if (isOpen && !wasOpen.current) head.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  return (
    <li className="wb-step" data-open={isOpen || undefined}>
      <button ref={head} type="button" className="wb-step-head" aria-expanded={isOpen} onClick={onOpen}>
        <span className="wb-step-no" data-done={step.result !== null || undefined}>
          {step.result ? <Icon name="check" size={12} /> : no}
        </span>
        <strong>{step.title}</strong>
        {step.result && <span className="cs-quiet">{step.result.says}</span>}
        {step.result && <span className="cs-sr">{t('leak.done')}</span>}
      </button>
      {isOpen && <OpenStep view={view} research={research} step={step} onDone={onDone} />}
    </li>
  )
}

function OpenStep({
  view,
  research,
  step,
  onDone,
}: Pick<StepProps, 'view' | 'research' | 'step' | 'onDone'>) {
  const t = useWords('investigations')
  const record = useDo(investigations.recordCheckStep)
  const [reads, setReads] = useState<ReadsDraft>(() => emptyReads(view))
  const [fixture, setFixture] = useState<string | null>(
    research.fixtures.find(one => one.fits)?.code ?? research.fixtures[0]?.code ?? null,
  )
  const [missing, setMissing] = useState<string | null>(null)
  const { accountId, investigationId } = research
  const answer = (code: string) => {
    const asked = step.asksReads && code === 'read'
    const both = asked ? readsOf(reads, view.today) : null
    if (asked && !both) return setMissing(t('leak.readsMissing'))
    setMissing(null)
    record.mutate(
      {
        accountId,
        investigationId,
        step: step.code,
        result: code,
        ...(both ? { reads: both } : {}),
        ...(fixture && code === 'fits' ? { fixture } : {}),
      },
      {
        onSuccess: next => {
          const noted = noteOf(step.code, code, fixture)
          if (noted) noteStep(accountId, noted)
          onDone(next)
        },
      },
    )
  }
  return (
    <div className="wb-step-body">
      <p>{step.instruction}</p>
      {step.asksReads && <TwoReads reads={reads} onChange={setReads} />}
      {step.code === 'fixtures' && (
        <FixtureTable
          rows={research.fixtures}
          billUnit={view.billing.billUnit}
          chosen={fixture}
          onChoose={setFixture}
        />
      )}
      {(missing || record.error) && <Alert tone="red" live title={missing ?? record.error?.message} />}
      <div className="cs-inline">
        {step.answers.map(one => (
          <Button key={one.code} busy={record.isPending} onPress={() => answer(one.code)}>
            {one.label}
          </Button>
        ))}
      </div>
      <p className="cs-quiet cs-small">{step.citation}</p>
    </div>
  )
}

/** What the contact's note should say of a step; steps that settle nothing say nothing. */
function noteOf(step: string, result: string, fixture: string | null): Step | null {
  const found = `${step}:${result}`
  if (found === 'dye-test:colour')
    return { kind: 'leak-check', facts: { result: 'found', fixture: 'toilet' } }
  if (found === 'house-valve:moving')
    return { kind: 'leak-check', facts: { result: 'found', fixture: 'service-line' } }
  if (found === 'indicator:turns') return { kind: 'leak-check', facts: { result: 'suspected' } }
  if (found === 'indicator:still') return { kind: 'leak-check', facts: { result: 'none' } }
  if (found === 'fixtures:fits')
    return {
      kind: 'leak-check',
      facts: { result: 'suspected', fixture: fixture?.startsWith('toilet') ? 'toilet' : 'unknown' },
    }
  return null
}
