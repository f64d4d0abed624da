import './billing.css'
import type { LocalDate } from '@curbstop/kernel/dates'
import { type AccountId, asId } from '@curbstop/kernel/ids'
import { correspondence, policy, reports } from '@curbstop/server/contract/staff'
import { Columns, EmptyState, Link, Skeleton, UsageChart } from '@curbstop/ui'
import { useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { chartPoints } from '../accounts/use-points.ts'
import type { View } from '../accounts/view.ts'
import { ContactPanel } from '../contacts/ContactPanel.tsx'
import { ContactStrip } from '../contacts/ContactStrip.tsx'
import { useAsk } from '../shell/ask.ts'
import { MissingPage } from '../shell/MissingPage.tsx'
import { paths } from '../shell/paths.ts'
import { useMay } from '../shell/session.ts'
import { openTab } from '../shell/tabs.ts'
import { useWords } from '../shell/words.ts'
import { SheetSending } from './SheetSending.tsx'
import { billExplanationLetter } from './sheet-letters.ts'
import { sheetWords } from './strings.ts'

export type SheetLanguage = keyof typeof sheetWords

/** Use and the bill's explanation on one sheet of paper, in the customer's language: printed or sent. */
export function UsageSheetPage() {
  const { accountId = '' } = useParams({ strict: false }) as { accountId?: string }
  if (!/^[1-9]\d{0,17}$/.test(accountId)) return <MissingPage />
  return <SheetOf accountId={asId<'account'>(accountId)} />
}

function SheetOf({ accountId }: { accountId: AccountId }) {
  const t = useWords('billing')
  const page = useAsk(reports.getAccount360, { accountId })
  const [chosen, setLanguage] = useState<SheetLanguage | null>(null)
  useEffect(() => openTab(String(accountId)), [accountId])
  if (page.isPending) return <Columns>{<Skeleton lines={14} />}</Columns>
  if (!page.data) return <Columns>{<EmptyState title={page.error.message} />}</Columns>
  const view = page.data
  const language = chosen ?? (view.customer.language === 'es' ? 'es' : 'en')
  return (
    <Columns
      left={
        <>
          <Link href={paths.account(accountId)}>{t('sheet.back')}</Link>
          <SheetSending view={view} language={language} onLanguage={setLanguage} />
        </>
      }
      right={<ContactPanel view={view} />}
      rightStrip={<ContactStrip />}
    >
      {view.billing.periods.length === 0 ? (
        <EmptyState title={t('sheet.noBills')} />
      ) : (
        <Sheet view={view} language={language} />
      )}
    </Columns>
  )
}

const put = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))

const dayParts = (on: LocalDate, months: readonly string[]) => ({
  year: on.slice(0, 4),
  month: months[Number(on.slice(5, 7)) - 1] ?? '',
  day: Number(on.slice(8, 10)),
})

function Sheet({ view, language }: { view: View; language: SheetLanguage }) {
  const t = useWords('billing')
  const words = sheetWords[language]
  const district = useAsk(policy.getDistrict, {}, { staleTime: 3_600_000 })
  const billUnit = view.billing.billUnit.toUpperCase()
  const points = useMemo(
    () =>
      chartPoints(view, {
        months: words.months,
        note: period => put(words.note, { used: period.usageUnits, unit: billUnit, days: period.days }),
        paid: () => '',
        pins: { order: '', message: '', move: '', meter: '' },
        stepUp: () => '',
      }).map(point => ({ ...point, payment: null, secondary: null, highlighted: false })),
    [view, words, billUnit],
  )
  return (
    <article className="wb-sheet" lang={language}>
      <h1 className="cs-sr">{t('sheet.title')}</h1>
      <header className="cs-spread">
        <div>
          <strong>{district.data?.name}</strong>
          <p className="cs-quiet">
            {[district.data?.address, district.data?.phone].filter(Boolean).join(' · ')}
          </p>
        </div>
        <div className="wb-sheet-to">
          <strong>{view.account.customerName}</strong>
          <p>{view.premise?.line}</p>
          <p className="cs-quiet">{put(words.account, { number: view.account.number })}</p>
        </div>
      </header>
      <UsageChart
        title={put(words.title, { count: points.length })}
        points={points}
        unit={words.unit}
        names={{
          value: words.value,
          lastYear: words.lastYear,
          budget: words.budget,
          estimated: words.estimated,
        }}
        fileName={`use-${view.account.number}`}
      />
      {view.billing.says && <p>{view.billing.says[language]}</p>}
      <SheetExplanation view={view} language={language} />
      <p className="cs-quiet cs-small">{put(words.made, dayParts(view.today, words.months))}</p>
    </article>
  )
}

/** As tall as its letter, so that paper shows all of it. */
function fitHeight(frame: HTMLIFrameElement): void {
  const height = frame.contentDocument?.documentElement.scrollHeight
  if (height) frame.style.blockSize = `${height + 8}px`
}

/** The explanation in the words the customer receives, from the same template that is sent. */
function SheetExplanation({ view, language }: { view: View; language: SheetLanguage }) {
  const maySend = useMay('correspondence.send')
  const letter = useMemo(() => billExplanationLetter(view), [view])
  const { accountId } = view.account
  const preview = useAsk(
    correspondence.preview,
    { accountId, language, letter: letter! },
    { enabled: letter !== null && maySend, staleTime: 300_000 },
  )
  if (!letter || !maySend) return null
  if (preview.isPending) return <Skeleton lines={8} />
  if (!preview.data) return <EmptyState title={preview.error.message} />
  return (
    <iframe
      className="wb-sheet-letter"
      title={preview.data.subject}
      srcDoc={preview.data.html}
      sandbox="allow-same-origin"
      onLoad={event => fitHeight(event.currentTarget)}
    />
  )
}
