import { Button, Section } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'
import { EarlierAnswers } from './EarlierAnswers.tsx'
import type { TaskDeed } from './use-task-deeds.ts'

/** The act on the right: every button says why it cannot be pressed, and which key does the same. */
export function TaskActs({ deeds }: { deeds: readonly TaskDeed[] }) {
  const t = useWords('desk')
  return (
    <>
      <Section title={t('act.title')}>
        <div className="wb-acts">
          {deeds.map((deed, index) => (
            <Button
              key={deed.id}
              kbd={deed.keys}
              variant={index === 0 ? 'primary' : 'quiet'}
              disabledReason={deed.blocked}
              onPress={deed.run}
            >
              {deed.title}
            </Button>
          ))}
        </div>
      </Section>
      <EarlierAnswers />
    </>
  )
}
