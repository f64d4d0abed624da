import '../../desk/desk.css'
import '../../variances/variances.css'
import './book.css'
import { metering } from '@curbstop/server/contract/staff'
import {
  Alert,
  Badge,
  Button,
  Columns,
  EmptyState,
  InstantText,
  Link,
  Money,
  Section,
  SegmentedControl,
} from '@curbstop/ui'
import { useState } from 'react'
import { Answer } from '../../shell/Answer.tsx'
import { useAsk } from '../../shell/ask.ts'
import { useDeeds } from '../../shell/keys.ts'
import { paths } from '../../shell/paths.ts'
import { useMay } from '../../shell/session.ts'
import { useWords } from '../../shell/words.ts'
import { BookTabs } from './BookTabs.tsx'
import { Dials } from './Dials.tsx'
import { Findings } from './Findings.tsx'
import type { ExceptionId, HighLine } from './shapes.ts'
import { UseGraph } from './UseGraph.tsx'
import { useCall } from './use-call.ts'

type Show = 'open' | 'all'
const none: readonly HighLine[] = []

/** Leaks before the bill: who is far above their usual, and whether anybody has called. One key starts the call. */
export function HighUsePage() {
  const t = useWords('readBook')
  const [days, setDays] = useState<'10' | '30' | '90'>('30')
  const [show, setShow] = useState<Show>('open')
  const asked = useAsk(metering.listHighUse, { days: Number(days) }, { keepPrevious: true, staleTime: 0 })
  const lines = (asked.data ?? none).filter(line => show === 'all' || line.contactedAt === null)
  const [at, setAt] = useState<ExceptionId | null>(null)
  const line = lines.find(one => one.exceptionId === at) ?? lines[0] ?? null
  const calling = useCall()
  const mayCall = useMay('contacts.write')
  const why = !mayCall ? t('why.contact') : line?.accountId ? null : t('why.nobody')
  const start = () => line && calling.begin(line)
  useHighKeys({ lines, line, setAt, why, start })
  return (
    <Columns
      leftLabel={t('high.title')}
      left={
        <>
          <BookTabs />
          <Section title={t('high.show')}>
            <div className="cs-stack">
              <SegmentedControl<Show>
                small
                label={t('high.show')}
                options={[
                  { id: 'open', label: t('high.onlyOpen') },
                  { id: 'all', label: t('high.everybody') },
                ]}
                value={show}
                onChange={setShow}
              />
              <SegmentedControl<'10' | '30' | '90'>
                small
                label={t('high.days')}
                options={(['10', '30', '90'] as const).map(id => ({
                  id,
                  label: t('high.day', { count: Number(id) }),
                }))}
                value={days}
                onChange={setDays}
              />
            </div>
          </Section>
          <Answer of={asked} lines={8}>
            {() => <HighList lines={lines} current={line} choose={setAt} />}
          </Answer>
        </>
      }
      right={line && <Act line={line} why={why} start={start} busy={calling.isStarting} />}
      rightLabel={t('act.talk')}
    >
      <h1 className="cs-title">{t('high.title')}</h1>
      <p className="cs-quiet">{t('high.says', { days })}</p>
      {line ? (
        <OneHome key={String(line.exceptionId)} line={line} />
      ) : (
        asked.data && <EmptyState title={t('high.empty')}>{t('high.emptyHelp')}</EmptyState>
      )}
    </Columns>
  )
}

type ListProps = {
  lines: readonly HighLine[]
  current: HighLine | null
  choose: (id: ExceptionId) => void
}

function HighList({ lines, current, choose }: ListProps) {
  const t = useWords('readBook')
  return (
    <Section title={t('high.list')} actions={<span className="cs-quiet">{lines.length}</span>}>
      <ul className="wb-worklist">
        {lines.map(line => (
          <li key={String(line.exceptionId)}>
            <button
              type="button"
              className="wb-workitem wb-home"
              aria-current={line.exceptionId === current?.exceptionId || undefined}
              onClick={() => choose(line.exceptionId)}
            >
              <span className="wb-doubt-head">
                <strong>{line.name ?? t('high.whoever')}</strong>
                <Money cents={line.atStakeCents} />
              </span>
              <span className="wb-workitem-title">{line.address}</span>
              <span className="wb-workitem-foot">
                <span>
                  {line.times === null ? line.says : t('high.times', { times: line.times.toFixed(1) })}
                </span>
                <span>{line.contactedAt ? line.contactedBy : line.looksLikeLeak ? t('high.leak') : ''}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

type KeysProps = {
  lines: readonly HighLine[]
  line: HighLine | null
  setAt: (id: ExceptionId) => void
  why: string | null
  start: () => void
}

function useHighKeys({ lines, line, setAt, why, start }: KeysProps): void {
  const t = useWords('readBook')
  const section = t('high.title')
  const walk = (step: 1 | -1) => {
    const at = line ? lines.indexOf(line) : -1
    const next = lines[Math.max(0, Math.min(lines.length - 1, at + step))]
    if (next) setAt(next.exceptionId)
  }
  useDeeds([
    { id: 'high-next', title: t('act.next'), keys: 'j', section, run: () => walk(1) },
    { id: 'high-previous', title: t('act.previous'), keys: 'k', section, run: () => walk(-1) },
    {
      ...{ id: 'high-call', title: t('act.call'), keys: 'p', section, run: start },
      ...(why ? { blocked: why } : {}),
    },
  ])
}

function OneHome({ line }: { line: HighLine }) {
  const t = useWords('readBook')
  const asked = useAsk(metering.getException, { exceptionId: line.exceptionId })
  return (
    <>
      <div className="wb-head">
        <h2 className="cs-title">{line.name ?? t('high.whoever')}</h2>
        {line.looksLikeLeak && <Badge tone="amber">{t('high.leak')}</Badge>}
        <span className="wb-head-end cs-quiet">
          {line.address}
          {line.accountId !== null && (
            <Link href={paths.account(line.accountId)}>
              {t('view.account', { number: line.accountNumber ?? '' })}
            </Link>
          )}
        </span>
      </div>
      <Answer of={asked} lines={8}>
        {view => (
          <>
            <UseGraph view={view} />
            <Section title={t('view.dials')}>
              <Dials view={view} />
            </Section>
            <Findings findings={view.findings} />
            {view.decided && (
              <p className="cs-quiet">
                {t('high.decidedAs', { decision: t(`decision.${view.decided.decision}`) })}
              </p>
            )}
          </>
        )}
      </Answer>
    </>
  )
}

type ActProps = { line: HighLine; why: string | null; start: () => void; busy: boolean }

function Act({ line, why, start, busy }: ActProps) {
  const t = useWords('readBook')
  return (
    <Section title={t('act.talk')}>
      <div className="cs-stack">
        {line.contactedAt ? (
          <Alert tone="green">
            {line.contactedBy} · <InstantText at={line.contactedAt} />
          </Alert>
        ) : (
          <p>{t('high.notCalled')}</p>
        )}
        <div className="wb-acts">
          <Button kbd="p" variant="primary" disabledReason={why} busy={busy} onPress={start}>
            {t('act.call')}
          </Button>
        </div>
        <p className="cs-quiet">
          <Money cents={line.atStakeCents} /> {t('high.bill')}
        </p>
        <Link href={paths.readException(line.exceptionId)}>{t('high.judge')}</Link>
      </div>
    </Section>
  )
}
