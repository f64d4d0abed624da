import { addDays, localDate } from '@curbstop/kernel/dates'
import type { Output } from '@curbstop/kernel/endpoint'
import type { AccountId } from '@curbstop/kernel/ids'
import { variances } from '@curbstop/server/contract/staff'
import { formatDate, formatNumber, Link, LocalDateText, Section, useUi } from '@curbstop/ui'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'

const always = localDate('2000-01-01')

type OfAccount = Output<typeof variances.listForAccount>

/** What this account asked for before, and what counts on its bills now. */
export function AccountSide({ accountId, current }: { accountId: AccountId; current: bigint | null }) {
  const t = useWords('variances')
  const asked = useAsk(variances.listForAccount, { accountId })
  return (
    <>
      <Link href={paths.account(accountId)}>{t('page.back')}</Link>
      <Answer of={asked} lines={5}>
        {answer => (
          <>
            <Section title={t('page.requests')}>
              <Requests rows={answer.requests} current={current} />
              {current !== null && <Link href={paths.newVariance(accountId)}>{t('page.new')}</Link>}
            </Section>
            <Section title={t('page.grants')}>
              <Grants grants={answer.grants} />
            </Section>
          </>
        )}
      </Answer>
      <Budget accountId={accountId} />
    </>
  )
}

function Requests({ rows, current }: { rows: OfAccount['requests']; current: bigint | null }) {
  const t = useWords('variances')
  if (rows.length === 0) return <p className="cs-quiet">{t('page.noRequests')}</p>
  return (
    <nav className="wb-worklist" aria-label={t('page.requests')}>
      {rows.map(row => (
        <a
          key={String(row.varianceId)}
          className="wb-workitem"
          href={paths.variance(row.accountId, row.varianceId)}
          aria-current={row.varianceId === current ? 'page' : undefined}
        >
          <span className="wb-workitem-title">
            {row.kind ? `${t(`kinds.${row.kind}`)} · ${row.asks}` : t('list.private')}
          </span>
          <span className="wb-workitem-foot">
            <span>{t(`states.${row.state}`)}</span>
            <LocalDateText date={row.requestedOn} />
          </span>
        </a>
      ))}
    </nav>
  )
}

export function Grants({ grants }: { grants: OfAccount['grants'] }) {
  const t = useWords('variances')
  const { strings, today } = useUi()
  if (grants.length === 0) return <p className="cs-quiet">{t('page.noGrants')}</p>
  return (
    <ul className="wb-ways">
      {grants.map(grant => {
        const on = grant.untilOn ? formatDate(grant.untilOn, strings, { today }) : null
        const until =
          on === null
            ? t('page.untilEver')
            : t(grant.standing === 'ended' ? 'page.ended' : 'page.until', { on })
        return (
          <li key={String(grant.grantId)}>
            <span>{grant.says}</span>
            <span className="cs-quiet">{` · ${t(`standing.${grant.standing}`)} · ${until}`}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** What the budget rests on now, and which days of weather were filled and how. */
function Budget({ accountId }: { accountId: AccountId }) {
  const t = useWords('variances')
  const { strings, today } = useUi()
  const days = today ? { fromOn: addDays(today, -31), toOn: addDays(today, -1) } : null
  const asked = useAsk(
    variances.getBudget,
    { accountId, ...(days ?? { fromOn: always, toOn: always }) },
    { enabled: days !== null, staleTime: 300_000 },
  )
  const budget = asked.data
  if (!budget) return null
  const share = (factor: string) => Math.round(Number(factor) * 100)
  const facts = [
    t('page.people', { count: Number(budget.persons) }),
    t('page.area', { area: formatNumber(Math.round(budget.irrigatedSqft)) }),
    t('page.et', { inches: budget.etInches.toFixed(2) }),
    budget.indoorExtraGpd && t('page.indoor', { gallons: budget.indoorExtraGpd }),
    budget.indoorFactor && t('page.indoorFactor', { share: share(budget.indoorFactor) }),
    budget.outdoorExtraGpd && t('page.outdoor', { gallons: budget.outdoorExtraGpd }),
    budget.outdoorFactor && t('page.outdoorFactor', { share: share(budget.outdoorFactor) }),
  ].filter(fact => fact)
  return (
    <Section title={t('page.budget')}>
      <ul className="wb-ways">
        {facts.map(fact => (
          <li key={fact}>{fact}</li>
        ))}
        {budget.filled.map(({ on, how }) => (
          <li key={on} className="cs-quiet">
            {t('page.filled', { on: formatDate(on, strings, { today }), how })}
          </li>
        ))}
      </ul>
    </Section>
  )
}
