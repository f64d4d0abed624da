import {
  Alert,
  Badge,
  formatDate,
  InstantText,
  Link,
  LocalDateText,
  Money,
  Section,
  useUi,
} from '@curbstop/ui'
import { paths } from '../../shell/paths.ts'
import { useWords } from '../../shell/words.ts'
import { Dials } from './Dials.tsx'
import { Findings } from './Findings.tsx'
import type { ExceptionView } from './shapes.ts'
import { UseGraph } from './UseGraph.tsx'

/** One read in doubt: where it hangs, the graph, the dial, what the rules say, what was decided here before. */
export function OneException({ view }: { view: ExceptionView }) {
  const t = useWords('readBook')
  return (
    <>
      <Head view={view} />
      <State view={view} />
      <UseGraph view={view} />
      <Section title={t('view.dials')}>
        <Dials view={view} />
      </Section>
      <Findings findings={view.findings} />
      <AtPlace view={view} />
      <Earlier view={view} />
    </>
  )
}

function Head({ view }: { view: ExceptionView }) {
  const t = useWords('readBook')
  const { strings, today } = useUi()
  const on = formatDate(view.onDate, strings, { today })
  const { serial, book, sequence, reader, accountId, accountNumber } = view
  return (
    <div className="wb-head">
      <h1>{view.address}</h1>
      <Money cents={view.atStakeCents} />
      {view.blocksBilling && <Badge tone="amber">{t('list.blocks')}</Badge>}
      <span className="wb-head-end">
        {accountId === null ? (
          <span className="cs-quiet">{t('view.nobody')}</span>
        ) : (
          <>
            <Link href={paths.account(accountId)}>{t('view.account', { number: accountNumber ?? '' })}</Link>
            <Link href={paths.meters(accountId)}>{t('view.meters')}</Link>
          </>
        )}
      </span>
      <p className="wb-head-line cs-quiet">
        {reader && book
          ? t('view.place', { serial, book, sequence: sequence ?? '', on, reader })
          : t('view.placePlain', { serial, on })}
      </p>
    </div>
  )
}

function State({ view: { decided, waitingOrderId } }: { view: ExceptionView }) {
  const t = useWords('readBook')
  if (decided)
    return (
      <Alert tone="green">
        {decided.by} · {t(`decision.${decided.decision}`)} · <InstantText at={decided.at} /> · “
        {decided.reason}”
      </Alert>
    )
  if (waitingOrderId === null) return null
  return (
    <Alert tone="quiet" actions={<Link href={paths.order(waitingOrderId)}>{String(waitingOrderId)}</Link>}>
      {t('view.waits', { order: String(waitingOrderId) })}
    </Alert>
  )
}

/** Hazards before somebody is sent, and where the meter is. */
function AtPlace({ view: { hazards, locationNote } }: { view: ExceptionView }) {
  const t = useWords('readBook')
  if (hazards.length === 0 && !locationNote) return null
  return (
    <Section title={t('view.place_')}>
      {hazards.map(({ kind, note }) => (
        <Alert key={`${kind} ${note}`} tone="amber">
          {note}
        </Alert>
      ))}
      {locationNote && <p>{locationNote}</p>}
    </Section>
  )
}

function Earlier({ view: { earlier } }: { view: ExceptionView }) {
  const t = useWords('readBook')
  return (
    <Section title={t('view.earlier')}>
      {earlier.length === 0 ? (
        <p className="cs-quiet">{t('view.earlierNone')}</p>
      ) : (
        <ol className="wb-events">
          {earlier.map(one => (
            <li key={String(one.exceptionId)}>
              <LocalDateText date={one.onDate} />
              <span>
                {one.rule} · {one.decision ? t(`decision.${one.decision}`) : t('view.earlierOpen')}
                {one.by && ` · ${one.by}`}
              </span>
              {one.reason && <span className="wb-prose">{one.reason}</span>}
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
