import './contacts.css'
import { contacts, desk } from '@curbstop/server/contract/staff'
import {
  Columns,
  EmptyState,
  InstantText,
  Link,
  LinkButton,
  LocalDateText,
  Section,
  Skeleton,
} from '@curbstop/ui'
import type { ReactNode } from 'react'
import { useTabTitles } from '../accounts/tab-titles.tsx'
import { useAsk } from '../shell/ask.ts'
import { paths } from '../shell/paths.ts'
import { useMay, useMe } from '../shell/session.ts'
import { useTabs } from '../shell/tabs.ts'
import { useWords } from '../shell/words.ts'
import { ContactPanel } from './ContactPanel.tsx'
import { ContactStrip } from './ContactStrip.tsx'
import { takeInHand, useInHandId } from './in-hand.ts'

/** The desk in the morning and between calls: what is open, what is due, what was seen lately, start a contact. */
export function HomePage() {
  const t = useWords('contacts')
  const me = useMe()
  const mayWrite = useMay('contacts.write')
  return (
    <Columns
      right={mayWrite ? <ContactPanel view={null} /> : undefined}
      rightLabel={t('title')}
      rightStrip={<ContactStrip />}
    >
      <h1 className="cs-title">{t('home.morning', { name: me.name.split(' ')[0] ?? me.name })}</h1>
      {mayWrite && <MyDrafts />}
      <MyTasks />
      <SeenLately />
    </Columns>
  )
}

function Asked<T>(props: {
  asked: { data: readonly T[] | undefined; isPending: boolean; error: Error | null }
  empty: ReactNode
  children: (rows: readonly T[]) => ReactNode
}) {
  const { asked, empty, children } = props
  if (asked.isPending) return <Skeleton lines={3} />
  if (!asked.data) return <EmptyState title={asked.error?.message} />
  return asked.data.length === 0 ? empty : children(asked.data)
}

function MyDrafts() {
  const t = useWords('contacts')
  const drafts = useAsk(contacts.listMyDrafts, {})
  const inHand = useInHandId()
  return (
    <Section title={t('home.drafts')}>
      <Asked
        asked={drafts}
        empty={
          <EmptyState title={t('home.draftsNone')}>
            <span>{t('home.draftsHelp')}</span>
          </EmptyState>
        }
      >
        {rows => (
          <ul className="cs-rows">
            {rows.map(row => (
              <li key={String(row.contactId)} className="wb-home-row">
                <InstantText at={row.startedAt} />
                <span>
                  {t(`channel.${row.channel}`)}
                  {row.callerPhone && ` · ${row.callerPhone}`}
                  {row.callerName && ` · ${row.callerName}`}
                  {row.reasonName && ` · ${row.reasonName}`}
                </span>
                <span className="wb-home-end">
                  {row.accountId && <Link href={paths.account(row.accountId)}>{t('home.openAccount')}</Link>}
                  {String(row.contactId) !== inHand && (
                    <LinkButton onPress={() => takeInHand(row.contactId)}>{t('home.resume')}</LinkButton>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Asked>
    </Section>
  )
}

function MyTasks() {
  const t = useWords('contacts')
  const mine = useAsk(desk.listTasks, { of: 'me', show: 'open' })
  const asked = { data: mine.data?.tasks.slice(0, 12), isPending: mine.isPending, error: mine.error }
  return (
    <Section title={t('home.tasks')} actions={<Link href={paths.desk}>{t('home.all')}</Link>}>
      <Asked
        asked={asked}
        empty={
          <EmptyState title={t('home.tasksNone')}>
            <span>{t('home.tasksHelp')}</span>
          </EmptyState>
        }
      >
        {rows => (
          <ul className="cs-rows">
            {rows.map(task => (
              <li key={String(task.taskId)} className="wb-home-row">
                <span className={task.isOverdue ? 'cs-tone-red' : undefined}>
                  <LocalDateText date={task.dueOn} />
                  {task.isOverdue && ` · ${t('home.overdue')}`}
                </span>
                <Link href={paths.task(task.taskId)}>{task.title}</Link>
                <span className="wb-home-end">
                  {task.accountId && (
                    <Link href={paths.account(task.accountId)}>{t('home.openAccount')}</Link>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Asked>
    </Section>
  )
}

/** The accounts open as tabs; their names are asked for, never kept in the browser. */
function SeenLately() {
  const t = useWords('contacts')
  const tabs = useTabs()
  const titles = useTabTitles()
  return (
    <Section title={t('home.recent')}>
      {tabs.length === 0 && (
        <EmptyState title={t('home.recentNone')}>
          <span>{t('home.recentHelp')}</span>
        </EmptyState>
      )}
      <ul className="cs-rows">
        {[...tabs].reverse().map(tab => (
          <li key={tab.accountId}>
            <Link href={`/accounts/${tab.accountId}`}>{titles[tab.accountId] ?? '…'}</Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
