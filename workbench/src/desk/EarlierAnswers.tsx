import { desk } from '@curbstop/server/contract/staff'
import { Disclosure, InstantText, SearchField, Section } from '@curbstop/ui'
import { useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { useWords } from '../shell/words.ts'

/** What the seniors answered before, by words: most questions come twice. */
export function EarlierAnswers() {
  const t = useWords('desk')
  const [words, setWords] = useState('')
  const isLong = words.trim().length >= 2
  const found = useAsk(desk.findAnswers, { words: words.trim() }, { enabled: isLong, keepPrevious: true })
  return (
    <Section title={t('answers.title')}>
      <SearchField label={t('answers.words')} value={words} onChange={setWords} />
      {!isLong && <p className="cs-quiet cs-small">{t('answers.help')}</p>}
      {isLong && (
        <Answer of={found} lines={2}>
          {rows => (
            <div role="status">
              {rows.length === 0 && <p className="cs-quiet">{t('answers.none')}</p>}
              {rows.map(row => (
                <Disclosure key={String(row.taskId)} title={row.question}>
                  <p className="wb-prose">{row.answer}</p>
                  <p className="cs-quiet cs-small">
                    {row.answeredBy.name}, <InstantText at={row.answeredAt} />
                  </p>
                </Disclosure>
              ))}
            </div>
          )}
        </Answer>
      )}
    </Section>
  )
}
