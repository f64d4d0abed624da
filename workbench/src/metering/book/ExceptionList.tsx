import { Badge, EmptyState, Link, LinkButton, Money, Section } from '@curbstop/ui'
import { useEffect, useRef } from 'react'
import { Answer } from '../../shell/Answer.tsx'
import { paths } from '../../shell/paths.ts'
import { useWords } from '../../shell/words.ts'
import type { ExceptionId, ExceptionLine } from './shapes.ts'
import type { Chosen } from './use-chosen.ts'
import type { Filter, useList } from './use-list.ts'

type ListProps = {
  list: ReturnType<typeof useList>
  lines: readonly ExceptionLine[]
  filter: Filter
  current: ExceptionId | null
  chosen: Chosen
}

/** Reads in doubt, the dearest first; the one in hand is marked and kept in sight. */
export function ExceptionList({ list, lines, filter, current, chosen }: ListProps) {
  const t = useWords('readBook')
  const box = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another read in hand is brought into sight
  useEffect(() => {
    box.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const { asked } = list
  return (
    <Section title={t('list.title')} actions={<Sum list={list} />}>
      <Answer of={asked} lines={8}>
        {() =>
          lines.length === 0 ? (
            <EmptyState title={filter.waiting === 'only' ? t('list.emptyWaiting') : t('list.empty')}>
              {t('list.emptyHelp')}
            </EmptyState>
          ) : (
            <nav aria-label={t('list.label')}>
              <ul ref={box} className="wb-worklist">
                {lines.map(line => (
                  <li key={String(line.exceptionId)}>
                    <Line
                      line={line}
                      isCurrent={line.exceptionId === current}
                      isChosen={chosen.ids.has(line.exceptionId)}
                    />
                  </li>
                ))}
              </ul>
              {asked.hasNextPage && (
                <LinkButton onPress={() => void asked.fetchNextPage()}>{t('list.more')}</LinkButton>
              )}
            </nav>
          )
        }
      </Answer>
      <ChosenFoot lines={lines} chosen={chosen} />
    </Section>
  )
}

function Sum({ list: { sums } }: { list: ListProps['list'] }) {
  if (!sums) return null
  return (
    <span className="cs-quiet">
      {sums.open} · <Money cents={sums.openCents} />
    </span>
  )
}

function Line({ line, isCurrent, isChosen }: { line: ExceptionLine; isCurrent: boolean; isChosen: boolean }) {
  const t = useWords('readBook')
  return (
    <Link
      className="wb-workitem wb-doubt"
      href={paths.readException(line.exceptionId)}
      current={isCurrent ? 'true' : undefined}
      onFollow={() => document.getElementById('cs-page')?.focus()}
    >
      <span className="wb-doubt-head" data-chosen={isChosen || undefined}>
        <strong>{isChosen ? `✓ ${line.address}` : line.address}</strong>
        <Money cents={line.atStakeCents} />
      </span>
      <span className="wb-workitem-title">{line.says}</span>
      <span className="wb-workitem-foot">
        <span>
          {[line.rule, line.book, line.reader].filter(Boolean).join(' · ')}
          {line.waitingOrderId !== null && ` · ${t('list.waits', { order: String(line.waitingOrderId) })}`}
        </span>
        {line.blocksBilling ? (
          <Badge tone="amber">{t('list.blocks')}</Badge>
        ) : (
          line.isSafe && <span>{t('list.safe')}</span>
        )}
      </span>
    </Link>
  )
}

function ChosenFoot({ lines, chosen }: { lines: readonly ExceptionLine[]; chosen: Chosen }) {
  const t = useWords('readBook')
  const safe = lines.filter(line => line.isSafe)
  if (safe.length === 0 && chosen.lines.length === 0) return null
  return (
    <div className="wb-chosen">
      {chosen.lines.length > 0 && (
        <span role="status">
          {t('list.chosenSafe', {
            safe: chosen.lines.filter(line => line.isSafe).length,
            chosen: chosen.lines.length,
          })}
        </span>
      )}
      <span className="cs-inline">
        {safe.length > 0 && (
          <LinkButton onPress={() => chosen.choose(safe.map(line => line.exceptionId))}>
            {t('list.allSafe')}
          </LinkButton>
        )}
        {chosen.lines.length > 0 && (
          <LinkButton onPress={() => chosen.choose([])}>{t('list.clear')}</LinkButton>
        )}
      </span>
    </div>
  )
}
