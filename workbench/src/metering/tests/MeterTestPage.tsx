import '../../desk/desk.css'
import './tests.css'
import { type AccountId, asId } from '@curbstop/kernel/ids'
import { billing, metering } from '@curbstop/server/contract/staff'
import { Badge, Columns, Link } from '@curbstop/ui'
import { useParams } from '@tanstack/react-router'
import { Answer } from '../../shell/Answer.tsx'
import { useAsk } from '../../shell/ask.ts'
import { MissingPage } from '../../shell/MissingPage.tsx'
import { paths } from '../../shell/paths.ts'
import { useMay } from '../../shell/session.ts'
import { useWords } from '../../shell/words.ts'
import { LetterList } from '../../variances/LetterList.tsx'
import { EntryForm } from './EntryForm.tsx'
import { MoneyActs } from './MoneyActs.tsx'
import { MoneyPanel } from './MoneyPanel.tsx'
import { ResultList } from './ResultList.tsx'
import type { Proposal, Test } from './shapes.ts'
import { TestFacts } from './TestFacts.tsx'

const isId = (text: string) => /^[1-9]\d{0,17}$/.test(text)

/** One meter test: the order on the left, the bench sheet and the bills rated again in the middle, the act on the right. */
export function MeterTestPage() {
  const { testId = '', accountId } = useParams({ strict: false }) as { testId?: string; accountId?: string }
  if (!isId(testId) || (accountId !== undefined && !isId(accountId))) return <MissingPage />
  return <Loading key={`${testId} ${accountId}`} testId={testId} accountId={accountId} />
}

function Loading({ testId, accountId }: { testId: string; accountId: string | undefined }) {
  const asked = useAsk(metering.getMeterTest, { testId: asId<'meter-test'>(testId) })
  if (!asked.data)
    return (
      <Columns>
        <Answer of={asked} lines={10}>
          {() => null}
        </Answer>
      </Columns>
    )
  const account = accountId ? asId<'account'>(accountId) : asked.data.accountId
  return <OneTest test={asked.data} accountId={account} />
}

function OneTest({ test, accountId }: { test: Test; accountId: AccountId | null }) {
  const t = useWords('meterTests')
  const maySee = useMay('billing.see')
  const asked = useAsk(
    billing.getMeterProposal,
    { accountId: accountId ?? asId<'account'>(1), testId: test.testId },
    { enabled: maySee && accountId !== null },
  )
  const proposal = asked.data ?? null
  const standing = test.results.find(one => one.voided === null) ?? null
  return (
    <Columns
      left={<TestFacts test={test} />}
      leftLabel={t('facts.title')}
      right={
        accountId && maySee ? (
          <>
            <MoneyActs test={test} accountId={accountId} proposal={proposal} />
            <LetterList letters={lettersOf(proposal)} />
          </>
        ) : undefined
      }
      rightLabel={t('act.title')}
    >
      <Head test={test} accountId={accountId} />
      {standing === null && <EntryForm test={test} />}
      <ResultList test={test} />
      {accountId && maySee ? (
        <MoneyPanel asked={asked} hasResult={standing !== null} testId={test.testId} />
      ) : (
        <p className="cs-quiet">{t('money.mayNot')}</p>
      )}
    </Columns>
  )
}

const lettersOf = (proposal: Proposal | null) =>
  (proposal?.corrections ?? []).flatMap(one => (one.letter ? [one.letter] : []))

function Head({ test, accountId }: { test: Test; accountId: AccountId | null }) {
  const t = useWords('meterTests')
  const { result } = test
  return (
    <div className="wb-head">
      <h1>{t('title', { serial: test.serial || t('hiddenSerial') })}</h1>
      {result ? (
        <Badge tone={result.passed ? 'green' : 'amber'}>
          {`${result.accuracy} % · ${t(`verdict.${result.verdict as 'fast'}`)}`}
        </Badge>
      ) : (
        <Badge tone="quiet">{t('waiting')}</Badge>
      )}
      {accountId && (
        <span className="wb-head-end cs-inline">
          <Link href={paths.account(accountId)}>{t('back')}</Link>{' '}
          <Link href={paths.meters(accountId)}>{t('backMeters')}</Link>
        </span>
      )}
    </div>
  )
}
