import { Badge, Disclosure, LikelihoodBar, Money, Section } from '@curbstop/ui'
import { useWords } from '../../shell/words.ts'
import { gallonsText } from './format.ts'
import type { ExceptionView } from './shapes.ts'

type Finding = ExceptionView['findings'][number]
type Candidate = Finding['candidates'][number]

/** What each rule found, with its figures; the rule and why there is one unfold. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useWords('readBook')
  return (
    <Section title={t('view.evidence')}>
      <div className="wb-findings">
        {findings.map((finding, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: findings are kept and never change places
          <OneFinding key={at} finding={finding} />
        ))}
      </div>
    </Section>
  )
}

function OneFinding({ finding }: { finding: Finding }) {
  const t = useWords('readBook')
  const { rule, ruleName, citation, says, severity, candidates } = finding
  const suggests = t(`finding.suggestion.${finding.suggestion as 'accept'}`, {
    value: finding.suggestedValue,
  })
  return (
    <div className="wb-finding">
      <Disclosure
        title={
          <>
            {says}{' '}
            <Badge tone={severity === 'stop' ? 'amber' : 'quiet'}>{t(`finding.severity.${severity}`)}</Badge>
          </>
        }
        end={<Money cents={finding.atStakeCents} />}
      >
        <p>{t('finding.rule', { rule, name: ruleName })}</p>
        <Figures finding={finding} />
        {citation && <p className="cs-quiet">{t('finding.citation', { citation })}</p>}
        <p className="cs-quiet">{t('finding.suggests', { what: suggests })}</p>
      </Disclosure>
      {candidates.length > 0 && <Candidates candidates={candidates} />}
    </div>
  )
}

function Figures({ finding: { measured, limit, unit } }: { finding: Finding }) {
  const t = useWords('readBook')
  if (measured === null) return null
  const figures = { measured: gallonsText(measured), unit: unit ?? '' }
  return (
    <p>
      {limit === null
        ? t('finding.measuredOnly', figures)
        : t('finding.measured', { ...figures, limit: gallonsText(limit) })}
    </p>
  )
}

/** Each cause with how believable it is, the use it means, and what choosing it would cost. */
function Candidates({ candidates }: { candidates: readonly Candidate[] }) {
  const t = useWords('readBook')
  return (
    <table className="wb-effect-table wb-candidates">
      <caption className="cs-sr">{t('finding.candidates')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('finding.candidates')}</th>
          <th scope="col">{t('finding.columns.likely')}</th>
          <th scope="col">{t('finding.columns.use')}</th>
          <th scope="col">{t('finding.columns.cents')}</th>
          <th scope="col">{t('finding.columns.value')}</th>
        </tr>
      </thead>
      <tbody>
        {candidates.map(({ cause, plausibility, gallons, cents, value }) => (
          <tr key={cause}>
            <th scope="row">{t(`finding.cause.${cause}`)}</th>
            <td>
              <span className="wb-likely">
                <LikelihoodBar share={plausibility} />
                {`${Math.round(plausibility * 100)} %`}
              </span>
            </td>
            <td>
              {gallons === null
                ? t('finding.unknown')
                : t('finding.gallons', { gallons: gallonsText(gallons) })}
            </td>
            <td>{cents === null ? '' : <Money cents={cents} />}</td>
            <td>{value === null ? '' : value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
