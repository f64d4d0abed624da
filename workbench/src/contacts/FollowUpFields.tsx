import { DateField, LinkButton, TextField, useUi } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'
import type { Draft } from './draft.ts'

type FollowUp = NonNullable<Draft['followUp']>

/** The task that is made when the contact is saved. */
export function FollowUpFields(props: { followUp: FollowUp; onChange: (next: FollowUp | null) => void }) {
  const t = useWords('contacts')
  const { today } = useUi()
  const { followUp, onChange } = props
  return (
    <div className="wb-follow-up cs-stack">
      <div data-contact="follow-up">
        <TextField
          label={t('followUp.what')}
          value={followUp.title}
          onChange={title => onChange({ ...followUp, title })}
          maxLength={200}
        />
      </div>
      <div className="wb-follow-up-by">
        <DateField
          label={t('followUp.by')}
          value={followUp.dueOn}
          onChange={dueOn => onChange({ ...followUp, dueOn })}
          {...(today ? { min: today } : {})}
        />
        <LinkButton onPress={() => onChange(null)}>{t('followUp.drop')}</LinkButton>
      </div>
    </div>
  )
}
