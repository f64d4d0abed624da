import { metering } from '@curbstop/server/contract/staff'
import { Disclosure, Link, Money, Section } from '@curbstop/ui'
import type { ReactNode } from 'react'
import { Answer } from '../../shell/Answer.tsx'
import { useAsk } from '../../shell/ask.ts'
import { paths } from '../../shell/paths.ts'
import { useWords } from '../../shell/words.ts'
import type { BookDay } from './shapes.ts'

type Props = { bookId: number | null; choose: (bookId: number | null) => void }

/** The morning's books with how far each is; one or all are looked at. */
export function BookChoices({ bookId, choose }: Props) {
  const t = useWords('readBook')
  const asked = useAsk(metering.listBookDays, {})
  const bookOf = (day: BookDay) => (
    <OneBook
      key={`${day.bookId} ${day.dueOn}`}
      day={day}
      isChosen={day.bookId === bookId}
      choose={() => choose(day.bookId)}
    />
  )
  return (
    <Section title={t('books.title')}>
      <Answer of={asked} lines={5}>
        {days => (
          <div className="wb-choices">
            <button
              type="button"
              className="wb-choice"
              aria-pressed={bookId === null}
              onClick={() => choose(null)}
            >
              <span>{days.length === 0 ? t('books.none') : t('books.all')}</span>
              <span className="wb-choice-count">
                {t('books.open', { count: days.reduce((sum, day) => sum + day.open, 0) })}
              </span>
            </button>
            {days.toReversed().filter(isAtWork).map(bookOf)}
            <Finished count={days.filter(day => !isAtWork(day)).length}>
              {days
                .toReversed()
                .filter(day => !isAtWork(day))
                .map(bookOf)}
            </Finished>
          </div>
        )}
      </Answer>
    </Section>
  )
}

/** Something is left to read or to judge. */
const isAtWork = ({ read, expected, open, closedAt }: BookDay): boolean =>
  closedAt === null && (read < expected || open > 0)

/** Books with nothing left to do take one line. */
function Finished({ count, children }: { count: number; children: ReactNode }) {
  const t = useWords('readBook')
  if (count === 0) return null
  return <Disclosure title={t('books.finished', { count })}>{children}</Disclosure>
}

function OneBook({ day, isChosen, choose }: { day: BookDay; isChosen: boolean; choose: () => void }) {
  const t = useWords('readBook')
  const { code, name, expected, read, skipped, missing, open, blocking, openCents } = day
  return (
    <div className="wb-book">
      <button type="button" className="wb-choice" aria-pressed={isChosen} onClick={choose}>
        <span>{`${code} ${name}`}</span>
        <span className="wb-choice-count">
          {open > 0 ? <Money cents={openCents} /> : day.closedAt ? t('books.closed') : ''}
        </span>
      </button>
      <BookBar day={day} />
      <p className="wb-book-says">
        {t('books.done', { read, expected })}
        {skipped + missing > 0 && (
          <>
            {' · '}
            <Link href={paths.missingMeters(day.bookId, day.dueOn)}>
              {t('books.more', { skipped, missing })}
            </Link>
          </>
        )}
        {open > 0 && ` · ${t('books.open', { count: open })}`}
        {blocking > 0 && (
          <span className="cs-tone-amber">{` · ${t('books.blocking', { count: blocking })}`}</span>
        )}
        {skipped + missing === 0 && !day.closedAt && (
          <>
            {' · '}
            <Link href={paths.missingMeters(day.bookId, day.dueOn)}>{t('missing.close')}</Link>
          </>
        )}
      </p>
    </div>
  )
}

/** Read, skipped, missing: three widths of one bar, told in words as well. */
export function BookBar({ day }: { day: BookDay }) {
  const t = useWords('readBook')
  const { code, expected, read, skipped, missing } = day
  const part = (count: number) => ({ flexGrow: count })
  return (
    <div
      className="wb-book-bar"
      role="img"
      aria-label={t('books.bar', { code, expected, read, skipped, missing })}
    >
      {read > 0 && <span data-part="read" style={part(read)} />}
      {skipped > 0 && <span data-part="skipped" style={part(skipped)} />}
      {missing > 0 && <span data-part="missing" style={part(missing)} />}
    </div>
  )
}
