import { Checkbox, DateField, FieldRow, NumberField, Section, Select, TextField } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'
import { countOf, type Draft, evidenceOf, type Kind, kinds, withEvidence, withFigure } from './draft.ts'

type FieldsProps = {
  draft: Draft
  onChange: (draft: Draft) => void
  /** A request that was taken keeps its kind. */
  isKindFixed?: boolean
  readOnly?: boolean
}

/** The kind, its figures and what was seen: only the fields that the kind asks for. */
export function DraftFields({ draft, onChange, isKindFixed, readOnly = false }: FieldsProps) {
  const t = useWords('variances')
  return (
    <Section title={t('draft.title')}>
      <Select<Kind>
        label={t('draft.kind')}
        name="draft.kind"
        value={draft.kind}
        readOnly={readOnly || (isKindFixed ?? false)}
        autoFocus={!isKindFixed}
        options={kinds.map(id => ({ id, label: t(`kinds.${id}`) }))}
        onChange={kind => onChange({ ...draft, kind, evidence: [] })}
      />
      <Figures draft={draft} onChange={onChange} readOnly={readOnly} />
      <EvidenceList draft={draft} onChange={onChange} readOnly={readOnly} />
    </Section>
  )
}

type PartProps = { draft: Draft; onChange: (draft: Draft) => void; readOnly: boolean }

function Figures({ draft, onChange, readOnly }: PartProps) {
  const t = useWords('variances')
  const number = (
    name: 'persons' | 'gallonsPerDay' | 'count' | 'poundsEach' | 'irrigatedSqft' | 'poolGallons',
    max: number,
    unit?: string,
    label: string = t(`draft.${name}`),
  ) => (
    <NumberField
      key={name}
      label={label}
      name={`draft.${name}`}
      value={draft[name] ?? null}
      onChange={value => onChange(withFigure(draft, name, value))}
      min={name === 'irrigatedSqft' ? 0 : 1}
      max={max}
      decimals={0}
      readOnly={readOnly}
      {...(unit ? { unit } : {})}
    />
  )
  const date = (
    name: 'filledOn' | 'plantedOn' | 'licenseExpiresOn' | 'fromOn' | 'untilOn',
    help?: string,
  ) => (
    <DateField
      key={name}
      label={t(`draft.${name}`)}
      name={`draft.${name}`}
      optional={name === 'fromOn' || name === 'untilOn'}
      value={draft[name] ?? null}
      onChange={value => onChange(withFigure(draft, name, value))}
      readOnly={readOnly}
      {...(help ? { description: help } : {})}
    />
  )
  const span = (
    <FieldRow key="span">
      {date('fromOn', t('draft.fromHelp'))}
      {date('untilOn', t('draft.untilHelp'))}
    </FieldRow>
  )
  switch (draft.kind) {
    case 'household':
      return [number('persons', 500), span]
    case 'care':
      return [
        number('persons', 500, undefined, t('draft.personsInCare')),
        <FieldRow key="license">
          <TextField
            label={t('draft.licenseNumber')}
            name="draft.licenseNumber"
            value={draft.licenseNumber ?? ''}
            onChange={value => onChange(withFigure(draft, 'licenseNumber', value))}
            readOnly={readOnly}
          />
          {date('licenseExpiresOn')}
        </FieldRow>,
      ]
    case 'animals':
      return (
        <FieldRow>
          {number('count', 500)}
          {number('poundsEach', 5000, t('draft.pounds'))}
        </FieldRow>
      )
    case 'landscape':
      return number('irrigatedSqft', 50_000_000, t('draft.sqft'))
    case 'new-landscape':
      return date('plantedOn')
    case 'pool-fill':
      return (
        <FieldRow>
          {number('poolGallons', 1_000_000, t('draft.gallons'))}
          {date('filledOn')}
        </FieldRow>
      )
    default:
      return [number('gallonsPerDay', 10_000, t('draft.gallons')), span]
  }
}

/** A tick is one document seen; where one a person is wanted, their number is told. */
function EvidenceList({ draft, onChange, readOnly }: PartProps) {
  const t = useWords('variances')
  return (
    <fieldset className="wb-evidence">
      <legend>{t('draft.evidence')}</legend>
      {evidenceOf[draft.kind].map(kind => {
        const count = countOf(draft, kind)
        const what = t(`evidence.${kind}`)
        return (
          <div key={kind} className="cs-inline">
            <Checkbox
              checked={count > 0}
              onChange={isSeen => !readOnly && onChange(withEvidence(draft, kind, isSeen ? 1 : 0))}
            >
              {what}
            </Checkbox>
            {kind === 'residency-proof' && count > 0 && (
              <NumberField
                label={t('draft.howMany', { what })}
                hideLabel
                value={count}
                min={1}
                max={100}
                decimals={0}
                readOnly={readOnly}
                onChange={value => onChange(withEvidence(draft, kind, value ?? 1))}
              />
            )}
          </div>
        )
      })}
      <p className="cs-quiet cs-small">{t('draft.evidenceHelp')}</p>
    </fieldset>
  )
}
