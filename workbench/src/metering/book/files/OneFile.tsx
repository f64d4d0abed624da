import type { Output } from '@curbstop/kernel/endpoint'
import type { Id } from '@curbstop/kernel/ids'
import { metering } from '@curbstop/server/contract/staff'
import { Alert, type Fact, FactList, Link, ProgressBar, Section, useToast } from '@curbstop/ui'
import { Answer } from '../../../shell/Answer.tsx'
import { useAsk, useDo } from '../../../shell/ask.ts'
import { paths } from '../../../shell/paths.ts'
import { useRefreshArea } from '../../../shell/refresh-area.ts'
import { useMay } from '../../../shell/session.ts'
import { useWords } from '../../../shell/words.ts'
import { countIn, countsOf } from './counts.ts'

type View = Output<typeof metering.getReadFile>
const shown = [
  'rows',
  'meters',
  'reads',
  'intervals',
  'repeated',
  'replaced',
  'refused',
  'exceptions',
] as const
const problemsMost = 1_000

/** What became of every row of a file, and while it is loaded how far it is. */
export function OneFile({ readFileId }: { readFileId: Id<'read-file'> }) {
  const asked = useAsk(metering.getReadFile, { readFileId })
  return (
    <Answer of={asked} lines={10}>
      {view => (
        <>
          <Progress view={view} />
          <Counts view={view} />
          <Problems view={view} />
        </>
      )}
    </Answer>
  )
}

function Progress({ view }: { view: View }) {
  const t = useWords('readFiles')
  const toasts = useToast()
  const refresh = useRefreshArea('metering')
  const mayLoad = useMay('metering.load')
  const cancel = useDo(metering.cancelReadFile)
  if (view.state !== 'loading')
    return view.problem ? (
      <Alert tone={view.state === 'refused' ? 'red' : 'quiet'} title={view.name}>
        {view.problem}
      </Alert>
    ) : (
      <h2 className="cs-title">{view.name}</h2>
    )
  const stop = () =>
    cancel.mutate(
      { readFileId: view.readFileId },
      { onSuccess: refresh, onError: error => toasts.show({ text: error.message }) },
    )
  return (
    <ProgressBar
      label={view.cancelAsked ? t('one.cancelAsked') : view.name}
      done={view.doneBytes}
      total={view.bytes}
      unit={t('one.bytes')}
      {...(mayLoad && !view.cancelAsked ? { onCancel: stop } : {})}
    />
  )
}

function Counts({ view }: { view: View }) {
  const t = useWords('readFiles')
  const facts: Fact[] = [
    ...shown.flatMap(name => {
      const count = countIn(view, name)
      return count === null ? [] : [{ label: t(`one.${name}`), value: count.toLocaleString('en-US') }]
    }),
    ...countsOf(view, 'skipped').map(([reason, count]) => ({
      label: t('one.skipped', { reason: reason.replace(/^skip-code-/, '') }),
      value: count.toLocaleString('en-US'),
    })),
  ]
  const rules = countsOf(view, 'byRule')
  return (
    <>
      {facts.length > 0 && (
        <Section title={t('one.counts')}>
          <FactList facts={facts} lined />
        </Section>
      )}
      {rules.length > 0 && (
        <Section title={t('one.rules')} actions={<Link href={paths.readBook}>{t('one.book')}</Link>}>
          <FactList facts={rules.map(([rule, count]) => ({ label: rule, value: count }))} lined />
        </Section>
      )}
    </>
  )
}

function Problems({ view: { problems, state } }: { view: View }) {
  const t = useWords('readFiles')
  if (state === 'loading') return null
  return (
    <Section title={t('one.problems')}>
      {problems.length === 0 ? (
        <p className="cs-quiet">{state === 'loaded' ? t('one.noProblems') : ''}</p>
      ) : (
        <>
          {problems.length >= problemsMost && <Alert tone="quiet" title={t('one.cut')} />}
          <ol className="wb-problems">
            {problems.map(({ line, field, message }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: problems have their place only
              <li key={at}>
                <span className="cs-quiet">
                  {line === 0 ? t('one.whole') : `${t('one.line')} ${line}`}
                  {field && ` · ${field}`}
                </span>
                <span>{message}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </Section>
  )
}
