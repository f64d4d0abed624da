import '../desk/desk.css'
import './customers.css'
import type { Output } from '@curbstop/kernel/endpoint'
import { type AccountId, asId } from '@curbstop/kernel/ids'
import { accounts, customers } from '@curbstop/server/contract/staff'
import { Badge, Columns, FactList, formatDate, Link, LocalDateText, Section, useUi } from '@curbstop/ui'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { MissingPage } from '../shell/MissingPage.tsx'
import { paths } from '../shell/paths.ts'
import { openTab } from '../shell/tabs.ts'
import { useWords } from '../shell/words.ts'
import { Enrolments, HouseholdPanel, Moves } from './AccountParts.tsx'
import { AccessLog, CallerProofs, FormerWays } from './History.tsx'
import { ProtectionPanel } from './ProtectionPanel.tsx'
import { Secrets } from './Secrets.tsx'
import { SpeakTable } from './SpeakTable.tsx'
import { MailingPanel, NamePanel, ReachPanel } from './WaysToReach.tsx'

export type Customer = Output<typeof customers.getCustomer>
export type Account = Output<typeof accounts.getAccountCard>

/** The customer behind an account: name and ways to reach them, who may speak, protection, household, enrolments. */
export function CustomerPage() {
  const { accountId = '' } = useParams({ strict: false }) as { accountId?: string }
  if (!/^[1-9]\d{0,17}$/.test(accountId)) return <MissingPage />
  return <CustomerOf key={accountId} accountId={asId<'account'>(accountId)} />
}

function CustomerOf({ accountId }: { accountId: AccountId }) {
  const account = useAsk(accounts.getAccountCard, { accountId })
  const customerId = account.data?.customerId
  const customer = useAsk(
    customers.getCustomer,
    { customerId: customerId ?? asId<'customer'>(1) },
    { enabled: customerId !== undefined },
  )
  useEffect(() => openTab(String(accountId)), [accountId])
  if (!account.data || !customer.data) {
    return (
      <Columns>
        <Answer of={account}>
          {() => (
            <Answer of={customer} lines={10}>
              {() => null}
            </Answer>
          )}
        </Answer>
      </Columns>
    )
  }
  return <Page account={account.data} customer={customer.data} />
}

function Page({ account, customer }: { account: Account; customer: Customer }) {
  const t = useWords('customers')
  const isOpen = customer.visibility === 'open'
  return (
    <Columns
      leftLabel={t('facts.title')}
      left={
        <>
          <CustomerFacts customer={customer} />
          <HouseholdPanel account={account} />
          <Enrolments account={account} />
          <Moves account={account} />
        </>
      }
      right={
        <>
          <ProtectionPanel customer={customer} />
          <Secrets customer={customer} />
          <CallerProofs customer={customer} />
          {customer.protection && <AccessLog customer={customer} />}
        </>
      }
      rightLabel={t('protection.title')}
    >
      <div className="wb-head">
        <h1>{t('title', { name: customer.name })}</h1>
        <span className="cs-quiet">{t('account', { number: account.number })}</span>
        {customer.protection && <Badge tone="amber">{t('protection.title')}</Badge>}
        <span className="wb-head-end">
          <Link href={paths.account(account.accountId)}>{t('back')}</Link>
        </span>
      </div>
      <div className="wb-two-even">
        <NamePanel customer={customer} />
        <MailingPanel customer={customer} />
      </div>
      <ReachPanel customer={customer} />
      <SpeakTable customer={customer} />
      {isOpen && <FormerWays customer={customer} />}
    </Columns>
  )
}

function CustomerFacts({ customer }: { customer: Customer }) {
  const t = useWords('customers')
  const { strings, today } = useUi()
  return (
    <Section title={t('facts.title')}>
      <FactList
        facts={[
          { label: t('facts.kind'), value: t(`kind.${customer.kind}`) },
          ...(customer.since
            ? [{ label: t('facts.since'), value: <LocalDateText date={customer.since} short /> }]
            : []),
          { label: t('facts.language'), value: t(`language.${customer.language}`) },
          ...customer.formerNames.map(one => ({
            label: t('facts.formerly'),
            value: t('facts.until', {
              name: one.name,
              on: formatDate(one.until, strings, { today, short: true }),
            }),
          })),
        ]}
      />
    </Section>
  )
}
