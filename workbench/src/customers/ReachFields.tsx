import { Button, Checkbox, IconButton, Select, TextField } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'

export type PhoneDraft = {
  number: string
  extension: string
  kind: 'mobile' | 'home' | 'work' | 'fax'
  mayText: boolean
}
/** Rows keep their own key, so that taking one off does not move the words of another. */
export type Draft<Value> = { key: number; value: Value }
let lastKey = 0
export const draftOf = <Value,>(value: Value): Draft<Value> => {
  lastKey += 1
  return { key: lastKey, value }
}
export const newPhone = (): PhoneDraft => ({ number: '', extension: '', kind: 'mobile', mayText: false })

/** As the contract takes it; an empty line counts as not written. */
export const phonesOf = (drafts: readonly Draft<PhoneDraft>[]) =>
  drafts
    .filter(({ value }) => value.number.trim() !== '')
    .map(({ value: { number, extension, kind, mayText } }) => ({
      number,
      kind,
      mayText: kind === 'mobile' && mayText,
      ...(extension.trim() ? { extension: extension.trim() } : {}),
    }))
export const emailsOf = (drafts: readonly Draft<string>[]) =>
  drafts.map(({ value }) => value.trim()).filter(text => text !== '')

const kinds = ['mobile', 'home', 'work', 'fax'] as const

type ReachProps = {
  phones: readonly Draft<PhoneDraft>[]
  onPhones: (phones: readonly Draft<PhoneDraft>[]) => void
  emails: readonly Draft<string>[]
  onEmails: (emails: readonly Draft<string>[]) => void
}

/** Phones and e-mails as lists: what stands here when it is saved is what is on file. */
export function ReachFields({ phones, onPhones, emails, onEmails }: ReachProps) {
  const t = useWords('customers')
  const setPhone = (key: number, part: Partial<PhoneDraft>) =>
    onPhones(phones.map(one => (one.key === key ? { key, value: { ...one.value, ...part } } : one)))
  return (
    <>
      {phones.map(({ key, value }, index) => (
        <div key={key} className="wb-phone">
          <PhoneRow
            no={index + 1}
            name={`phones.${index}.number`}
            phone={value}
            onChange={part => setPhone(key, part)}
            onDrop={() => onPhones(phones.filter(one => one.key !== key))}
          />
        </div>
      ))}
      {emails.map(({ key, value }, index) => (
        <div key={key} className="wb-email-row">
          <TextField
            label={t('edit.email', { no: index + 1 })}
            name={`emails.${index}`}
            type="email"
            value={value}
            onChange={text => onEmails(emails.map(one => (one.key === key ? { key, value: text } : one)))}
          />
          <IconButton
            icon="close"
            label={t('edit.drop', { what: value || t('edit.email', { no: index + 1 }) })}
            onPress={() => onEmails(emails.filter(one => one.key !== key))}
          />
        </div>
      ))}
      <div className="cs-inline">
        <Button icon="plus" onPress={() => onPhones([...phones, draftOf(newPhone())])}>
          {t('edit.addPhone')}
        </Button>
        <Button icon="plus" onPress={() => onEmails([...emails, draftOf('')])}>
          {t('edit.addEmail')}
        </Button>
      </div>
    </>
  )
}

type RowProps = {
  no: number
  name: string
  phone: PhoneDraft
  onChange: (part: Partial<PhoneDraft>) => void
  onDrop: () => void
}

function PhoneRow({ no, name, phone, onChange, onDrop }: RowProps) {
  const t = useWords('customers')
  return (
    <>
      <div className="wb-phone-row">
        <TextField
          label={t('edit.phone', { no })}
          name={name}
          inputMode="tel"
          value={phone.number}
          onChange={number => onChange({ number })}
        />
        <TextField
          label={t('edit.extension', { no })}
          inputMode="numeric"
          value={phone.extension}
          onChange={extension => onChange({ extension })}
        />
        <Select
          label={t('edit.phoneKind', { no })}
          options={kinds.map(id => ({ id, label: t(`reach.kind.${id}`) }))}
          value={phone.kind}
          onChange={kind => onChange({ kind })}
        />
        <IconButton
          icon="close"
          label={t('edit.drop', { what: phone.number || t('edit.phone', { no }) })}
          onPress={onDrop}
        />
      </div>
      {phone.kind === 'mobile' && (
        <Checkbox checked={phone.mayText} onChange={mayText => onChange({ mayText })}>
          {t('edit.mayText', { no })}
        </Checkbox>
      )}
    </>
  )
}
