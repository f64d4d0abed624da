import { type CsvField, type CsvMapping, csvFields } from '@curbstop/server/contract/staff'
import { Alert, Checkbox, Section, Select } from '@curbstop/ui'
import { useWords } from '../../../shell/words.ts'
import { type Draft, faultsOf } from './use-draft.ts'

const units = ['gal', 'kgal', 'cf', 'ccf', 'l', 'm3'] as const
type Unit = (typeof units)[number]

type Props = { draft: Draft; onChange: (mapping: CsvMapping) => void }

/** The first rows of the file under its columns, each told what it is; names suggest it, a person says it. */
export function CsvMappingForm({ draft, onChange }: Props) {
  const t = useWords('readFiles')
  const { head, mapping } = draft
  const [header = [], ...rows] = head
  const fieldOf = (name: string) =>
    (Object.entries(mapping.columns) as [CsvField, string][]).find(([, column]) => column === name)?.[0] ??
    null
  const give = (name: string, field: CsvField | null) => {
    const others = Object.entries(mapping.columns).filter(([key, column]) => column !== name && key !== field)
    onChange({
      ...mapping,
      columns: Object.fromEntries([...others, ...(field ? [[field, name]] : [])]),
    })
  }
  const faults = faultsOf(draft)
  return (
    <Section title={t('mapping.title')}>
      <div className="cs-stack">
        <p className="cs-quiet">{t('mapping.says')}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keys */}
        <section className="wb-mapping" aria-label={t('mapping.rows')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {header.map(name => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
              <tr>
                {header.map(name => (
                  <td key={name}>
                    <Select<CsvField | 'none'>
                      label={`${name}: ${t('mapping.field')}`}
                      hideLabel
                      value={fieldOf(name) ?? 'none'}
                      onChange={field => give(name, field === 'none' ? null : field)}
                      options={[
                        { id: 'none', label: t('mapping.nothing') },
                        ...csvFields.map(id => ({ id, label: t(`field.${id}`) })),
                      ]}
                    />
                  </td>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have their place only
                <tr key={at}>
                  {header.map((name, column) => (
                    <td key={name}>{row[column]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {faults.length > 0 && (
          <Alert tone="amber">{t('upload.missing', { faults: faults.join('; ') })}</Alert>
        )}
        <Habits mapping={mapping} onChange={onChange} />
      </div>
    </Section>
  )
}

/** What no column says. */
function Habits({ mapping, onChange }: { mapping: CsvMapping; onChange: Props['onChange'] }) {
  const t = useWords('readFiles')
  const unit = (field: 'intervalUnit' | 'registerUnit') => (
    <Select<Unit | 'none'>
      label={t(`mapping.${field}`)}
      value={(mapping[field] as Unit | undefined) ?? 'none'}
      onChange={id => {
        const { [field]: _, ...rest } = mapping
        onChange(id === 'none' ? rest : { ...rest, [field]: id })
      }}
      options={[{ id: 'none', label: t('mapping.noUnit') }, ...units.map(id => ({ id, label: id }))]}
    />
  )
  const tick = (field: 'utc' | 'dayFirst' | 'hourly') => (
    <Checkbox checked={mapping[field] ?? false} onChange={on => onChange({ ...mapping, [field]: on })}>
      {t(`mapping.${field}`)}
    </Checkbox>
  )
  return (
    <div className="cs-stack">
      <div className="cs-fields-row">
        {mapping.columns.interval && unit('intervalUnit')}
        {mapping.columns.register && unit('registerUnit')}
      </div>
      <div className="cs-inline">
        {tick('utc')}
        {tick('dayFirst')}
        {mapping.columns.register && !mapping.columns.interval && tick('hourly')}
      </div>
    </div>
  )
}
