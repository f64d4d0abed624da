import './variances.css'
import { correspondence } from '@curbstop/server/contract/staff'
import { Button, Dialog, LinkButton, Section, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk, useDo } from '../shell/ask.ts'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import type { View } from './draft.ts'

type Letter = View['letters'][number]

/** The letters of this request; opened, they are printed and marked as mailed. */
export function LetterList({ letters }: { letters: readonly Letter[] }) {
  const t = useWords('variances')
  const [opened, setOpened] = useState<Letter | null>(null)
  return (
    <Section title={t('letter.title')}>
      {letters.length === 0 && <p className="cs-quiet">{t('letter.none')}</p>}
      {letters.map(letter => (
        <p key={String(letter.messageId)}>
          <LinkButton onPress={() => setOpened(letter)}>
            {t('letter.open', { subject: letter.subject })}
          </LinkButton>{' '}
          <span className="cs-quiet">{t(`letter.state.${letter.state as 'queued'}`)}</span>
        </p>
      ))}
      {opened && <LetterDialog letter={opened} onClose={() => setOpened(null)} />}
    </Section>
  )
}

function LetterDialog({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const t = useWords('variances')
  const toasts = useToast()
  const refresh = useRefreshArea('variances')
  const maySend = useMay('correspondence.send')
  const { messageId } = letter
  const message = useAsk(correspondence.getMessage, { messageId })
  const mark = useDo(correspondence.markPrinted)
  const print = () =>
    mark.mutate(
      { messageId },
      {
        onSuccess: () => {
          refresh()
          toasts.show({ text: t('letter.printed') })
          window.print()
          onClose()
        },
        onError: error => toasts.show({ text: error.message }),
      },
    )
  const isPrinted = letter.state === 'printed'
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('letter.dialog')}
      size="wide"
      footer={
        <>
          <Button
            icon="print"
            variant="primary"
            busy={mark.isPending}
            disabledReason={maySend ? null : t('act.mayNot')}
            onPress={isPrinted ? () => window.print() : print}
          >
            {t('letter.print')}
          </Button>
          <Button onPress={onClose}>{t('letter.close')}</Button>
        </>
      }
    >
      <Answer of={message} lines={10}>
        {({ text }) => <pre className="wb-letter">{text}</pre>}
      </Answer>
    </Dialog>
  )
}
