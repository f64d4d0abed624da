import './investigations.css'
import type { Id } from '@curbstop/kernel/ids'
import { Alert, Button, Disclosure, InstantText, SidePanel, Skeleton } from '@curbstop/ui'
import { useEffect, useRef, useState } from 'react'
import type { View } from '../accounts/view.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { CaseOrder } from './CaseOrder.tsx'
import { CheckStep } from './CheckStep.tsx'
import { FinishForm } from './FinishForm.tsx'
import { type CaseView, useCase } from './use-case.ts'

/** The guided leak check: steps to read out, two reads with their times, dye test, fixtures with dollars. */
export function LeakCheckDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const t = useWords('investigations')
  const { accountId } = view.account
  const [caseId, setCaseId] = useState<Id<'investigation'> | null>(view.causes?.investigationId ?? null)
  const research = useCase(accountId, caseId)
  const isBegun = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the research is opened once, when the panel opens
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    research.begin().then(setCaseId, () => undefined)
  }, [])
  return (
    <SidePanel isOpen onClose={onClose} title={t('leak.title')}>
      {research.openError && <Alert tone="red" live title={research.openError.message} />}
      {!research.view && !research.openError && <Skeleton lines={10} label={t('leak.loading')} />}
      {research.view && <Guided view={view} research={research.view} keep={research.keep} />}
    </SidePanel>
  )
}

type GuidedProps = { view: View; research: CaseView; keep: (next: CaseView) => void }

function Guided({ view, research, keep }: GuidedProps) {
  const t = useWords('investigations')
  const mayOrder = useMay('fieldwork.order')
  const next = research.leakCheck.findIndex(step => step.result === null)
  const [at, setAt] = useState(next < 0 ? research.leakCheck.length - 1 : next)
  const [open, setOpen] = useState<'order' | 'finish' | null>(null)
  const [orderButton, finishButton] = [useRef<HTMLButtonElement>(null), useRef<HTMLButtonElement>(null)]
  // The form goes away under the hand that sent it: the focus goes back to the button that opened it.
  const done = (answer: CaseView) => {
    keep(answer)
    setOpen(null)
    const button = open === 'order' ? orderButton : finishButton
    button.current?.focus()
  }
  const advance = (answer: CaseView) => {
    keep(answer)
    setAt(Math.min(at + 1, answer.leakCheck.length - 1))
  }
  return (
    <div className="cs-stack">
      <ol className="wb-steps">
        {research.leakCheck.map((step, index) => (
          <CheckStep
            key={step.code}
            view={view}
            research={research}
            step={step}
            no={index + 1}
            isOpen={index === at}
            onOpen={() => setAt(index)}
            onDone={advance}
          />
        ))}
      </ol>
      <Required research={research} />
      <div className="cs-inline">
        {mayOrder && (
          <Button
            ref={orderButton}
            icon="truck"
            onPress={() => setOpen(open === 'order' ? null : 'order')}
            aria-expanded={open === 'order'}
          >
            {t('leak.order')}
          </Button>
        )}
        <Button
          ref={finishButton}
          onPress={() => setOpen(open === 'finish' ? null : 'finish')}
          aria-expanded={open === 'finish'}
        >
          {t('leak.finish')}
        </Button>
      </div>
      {open === 'order' && <CaseOrder view={view} research={research} onDone={done} />}
      {open === 'finish' && <FinishForm view={view} research={research} onDone={done} />}
      <Evidence research={research} />
    </div>
  )
}

const stateTone = { done: 'cs-tone-green', open: 'cs-tone-amber', attention: 'cs-tone-amber' } as const

function Required({ research }: { research: CaseView }) {
  const t = useWords('investigations')
  return (
    <div>
      <p className="cs-section-title">{t('leak.required')}</p>
      <ul className="wb-required">
        {research.required.map(step => (
          <li key={step.code}>
            <span className={stateTone[step.state]}>{t(`leak.state.${step.state}`)}</span>
            <span>
              {step.title}
              <span className="cs-quiet">{` · ${step.says}`}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Evidence({ research }: { research: CaseView }) {
  const t = useWords('investigations')
  return (
    <Disclosure title={t('case.evidence')}>
      {research.evidence.length === 0 && <p className="cs-quiet">{t('case.noEvidence')}</p>}
      <ul className="wb-lines">
        {research.evidence.map(one => (
          <li key={one.evidenceId}>
            {one.says}
            <span className="cs-quiet">
              {' · '}
              <InstantText at={one.at} />
              {` · ${one.by}`}
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
