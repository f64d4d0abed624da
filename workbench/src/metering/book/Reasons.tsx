import { Button, TextField } from '@curbstop/ui'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useWords } from '../../shell/words.ts'

type ReasonsProps = {
  usual: readonly string[]
  own: string
  onOwn: (reason: string) => void
  /** One of the usual ones, by its digit or a press. */
  onChoose: (reason: string) => void
  busy: boolean
  children?: ReactNode
}

const isField = (target: EventTarget) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement

/** The usual reasons, one key each; 0 leads into the field for another one. Enter in a value leads to the reasons. */
export function Reasons({ usual, own, onOwn, onChoose, busy, children }: ReasonsProps) {
  const t = useWords('readBook')
  const box = useRef<HTMLFieldSetElement>(null)
  const ownField = useRef<HTMLInputElement>(null)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (isField(event.target)) {
      if (event.key !== 'Enter' || event.target === ownField.current || own.trim() !== '') return
      event.preventDefault()
      box.current?.querySelector('button')?.focus()
      return
    }
    const reason = usual[Number(event.key) - 1]
    if (event.key === '0') ownField.current?.focus()
    else if (reason && !busy) onChoose(reason)
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the buttons inside, which say them
    <div className="cs-stack" onKeyDown={onKeyDown}>
      {children}
      <fieldset ref={box} className="wb-reasons">
        <legend>{t('form.reasons')}</legend>
        {usual.map((reason, at) => (
          <Button
            key={reason}
            kbd={String(at + 1)}
            autoFocus={at === 0 && !children}
            busy={busy}
            onPress={() => onChoose(reason)}
          >
            {reason}
          </Button>
        ))}
      </fieldset>
      <TextField
        ref={ownField}
        label={t('form.own')}
        name="reason"
        description={t('form.ownHelp')}
        optional
        value={own}
        onChange={onOwn}
      />
    </div>
  )
}
