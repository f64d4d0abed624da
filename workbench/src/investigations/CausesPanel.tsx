import './investigations.css'
import { Button, Disclosure, LikelihoodBar, LinkButton, Section } from '@curbstop/ui'
import { useState } from 'react'
import { useOrderStop } from '../accounts/page-deeds.ts'
import type { Opened, View } from '../accounts/view.ts'
import { noteStep } from '../contacts/steps.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { AskNext } from './AskNext.tsx'

type Ranking = NonNullable<View['causes']>
type Cause = Ranking['causes'][number]
const firstCauses = 4

/** Likely causes, ranked, with what speaks for and against each, and the question that settles most. */
export function CausesPanel({ view, onOpen }: { view: View; onOpen: (opened: Opened) => void }) {
  const t = useWords('investigations')
  const mayLook = useMay('investigations.see')
  const [isJudged, setJudged] = useState(false)
  const [isAll, setAll] = useState(false)
  const { causes } = view
  if (!mayLook) return null
  if (!causes || causes.causes.length === 0)
    return (
      <Section title={t('title')}>
        <p className="cs-quiet">{causes?.headline || (view.billing.latest ? t('notHigh') : t('none'))}</p>
        {!view.billing.latest && <p className="cs-quiet">{t('noneHelp')}</p>}
        <Acts view={view} onOpen={onOpen} />
      </Section>
    )
  const shown = isAll ? causes.causes : causes.causes.slice(0, firstCauses)
  const rest = causes.causes.length - firstCauses
  return (
    <Section
      title={t('title')}
      actions={
        <LinkButton expanded={isJudged} onPress={() => setJudged(!isJudged)}>
          {t('judged')}
        </LinkButton>
      }
    >
      <p>{causes.headline}</p>
      {isJudged && <p className="wb-judged">{t('judgedHelp', { library: causes.library })}</p>}
      <ol className="wb-causes">
        {shown.map((cause, index) => (
          <CauseRow key={cause.cause} cause={cause} view={view} isFirst={index === 0} isJudged={isJudged} />
        ))}
      </ol>
      {rest > 0 && (
        <LinkButton onPress={() => setAll(!isAll)}>
          {isAll ? t('fewer') : t('more', { count: rest })}
        </LinkButton>
      )}
      <AskNext view={view} ranking={causes} />
      <Acts view={view} onOpen={onOpen} />
    </Section>
  )
}

type RowProps = { cause: Cause; view: View; isFirst: boolean; isJudged: boolean }

function CauseRow({ cause, view, isFirst, isJudged }: RowProps) {
  const t = useWords('investigations')
  const percent = Math.round(cause.likelihood * 100)
  const strongest = [...cause.evidence].sort((a, b) => weight(b.times) - weight(a.times))
  const note = () => noteStep(view.account.accountId, { kind: 'likely-cause', facts: { cause: cause.name } })
  return (
    <li className="wb-cause">
      <Disclosure
        title={<strong>{cause.name}</strong>}
        end={
          <LikelihoodBar share={cause.likelihood} label={t('likelihood', { name: cause.name, percent })} />
        }
        onToggle={open => open && note()}
      >
        <ul className="wb-evidence">
          {strongest.map(one => (
            <li key={one.code}>
              <span className={one.side === 'for' ? 'wb-for' : 'wb-against'}>{t(one.side)}</span> {one.says}
              {isJudged && (
                <span className="cs-quiet"> {t('times', { times: Number(one.times.toPrecision(2)) })}</span>
              )}
            </li>
          ))}
        </ul>
        <p>
          <span className="cs-quiet">{t('next')}: </span>
          {cause.nextStep}
        </p>
        <p className="cs-quiet cs-small">{cause.citation}</p>
      </Disclosure>
      {isFirst || percent >= 10 ? <Summary evidence={strongest} /> : null}
    </li>
  )
}

/** How far a factor is from "says nothing", either way. */
const weight = (times: number): number => Math.abs(Math.log(Math.max(times, 1e-3)))

/** The strongest sight for it and the strongest against it, in one quiet line. */
function Summary({ evidence }: { evidence: Cause['evidence'] }) {
  const t = useWords('investigations')
  const pro = evidence.find(one => one.side === 'for')
  const contra = evidence.find(one => one.side === 'against')
  if (!pro && !contra) return null
  return (
    <p className="wb-cause-summary">
      {pro?.says}
      {contra && ` ${t('against')[0]?.toUpperCase()}${t('against').slice(1)}: ${contra.says}`}
    </p>
  )
}

function Acts({ view, onOpen }: { view: View; onOpen: (opened: Opened) => void }) {
  const t = useWords('investigations')
  const words = useWords('accounts')
  const orderStop = useOrderStop(view)
  const mayWork = useMay('investigations.work')
  const noBill = view.billing.latest ? null : words('deeds.noBill')
  return (
    <div className="cs-inline">
      <Button
        kbd="l"
        onPress={() => onOpen({ what: 'leak' })}
        disabledReason={mayWork ? noBill : words('deeds.mayNotResearch')}
      >
        {t('buttons.check')}
      </Button>
      <Button kbd="w" onPress={() => onOpen({ what: 'what-if' })} disabledReason={noBill}>
        {t('buttons.whatIf')}
      </Button>
      <Button kbd="o" onPress={() => onOpen({ what: 'order' })} disabledReason={orderStop}>
        {t('buttons.order')}
      </Button>
    </div>
  )
}
