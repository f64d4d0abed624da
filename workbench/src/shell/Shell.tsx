import type { AccountId } from '@curbstop/kernel/ids'
import { policy, staff } from '@curbstop/server/contract/staff'
import { Badge, Frame, InstantText, Link, type RailItem, TabStrip } from '@curbstop/ui'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { AccountTabTitle, useTabTitles } from '../accounts/tab-titles.tsx'
import { useAsk } from './ask.ts'
import { CommandLayer } from './CommandLayer.tsx'
import { call } from './call.ts'
import { type Deed, useDeeds } from './keys.ts'
import { type LiveState, listen } from './live.ts'
import { paths } from './paths.ts'
import { Search } from './Search.tsx'
import { useMe } from './session.ts'
import { closeTab, forgetTabs, useTabs } from './tabs.ts'
import { applyTheme, type Theme } from './theme.ts'
import { useWords } from './words.ts'

/** The frame around every instrument: search, rail, open accounts, who is signed in. */
export function Shell() {
  const t = useWords('shell')
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const go = (to: string) => void navigate({ to })
  const open = (id: AccountId) => go(paths.account(id))
  const rail = useRail()
  useShellDeeds(go)
  return (
    <>
      <Frame
        brand={{ label: t('product'), mark: 'C', href: paths.home }}
        search={<Search onOpen={open} />}
        status={<Status />}
        rail={rail}
        railCurrent={currentRail(pathname, rail)}
        tabs={<AccountTabs pathname={pathname} go={go} />}
      >
        <Outlet />
      </Frame>
      <CommandLayer />
    </>
  )
}

function useRail(): RailItem[] {
  const t = useWords('shell')
  const { permissions } = useMe()
  const items: (RailItem & { may: string })[] = [
    { id: 'home', label: t('rail.home'), icon: 'home', href: paths.home, keys: 'g h', may: 'contacts.see' },
    { id: 'tasks', label: t('rail.tasks'), icon: 'task', href: paths.desk, keys: 'g t', may: 'desk.see' },
    {
      id: 'orders',
      label: t('rail.orders'),
      icon: 'list',
      href: paths.orders,
      keys: 'g o',
      may: 'fieldwork.see',
    },
    {
      id: 'variances',
      label: t('rail.variances'),
      icon: 'drop',
      href: paths.variances,
      keys: 'g v',
      may: 'variances.see',
    },
    {
      id: 'readBook',
      label: t('rail.readBook'),
      icon: 'meter',
      href: paths.readBook,
      keys: 'g b',
      may: 'metering.see',
    },
    { id: 'move', label: t('rail.move'), icon: 'plus', href: paths.move, keys: 'g m', may: 'accounts.move' },
    {
      id: 'supervise',
      label: t('rail.supervise'),
      icon: 'chart',
      href: paths.supervise,
      keys: 'g s',
      may: 'desk.supervise',
    },
    {
      id: 'policy',
      label: t('rail.policy'),
      icon: 'book',
      href: paths.policy,
      keys: 'g p',
      may: 'policy.see',
    },
    {
      id: 'people',
      label: t('rail.people'),
      icon: 'person',
      href: paths.people,
      keys: 'g e',
      may: 'staff.manage',
    },
  ]
  return items.filter(item => permissions.includes(item.may)).map(({ may: _, ...item }) => item)
}

/** Pages that stand beside the read book. */
const aboutReads = [paths.highUse, paths.readFiles, paths.readRules]

function currentRail(pathname: string, rail: readonly RailItem[]): string | null {
  const at = aboutReads.some(path => pathname.startsWith(path)) ? paths.readBook : pathname
  const fits = rail.filter(item => (item.href === '/' ? at === '/' : at.startsWith(item.href)))
  return fits[0]?.id ?? null
}

function useShellDeeds(go: (to: string) => void): void {
  const t = useWords('shell')
  const client = useQueryClient()
  const { permissions } = useMe()
  const themes: readonly Theme[] = ['light', 'dark', 'system']
  const goes = [
    ['home', 'g h', paths.home, 'contacts.see'],
    ['tasks', 'g t', paths.desk, 'desk.see'],
    ['orders', 'g o', paths.orders, 'fieldwork.see'],
    ['variances', 'g v', paths.variances, 'variances.see'],
    ['readBook', 'g b', paths.readBook, 'metering.see'],
    ['highUse', 'g u', paths.highUse, 'metering.see'],
    ['readFiles', 'g f', paths.readFiles, 'metering.see'],
    ['readRules', 'g l', paths.readRules, 'metering.see'],
    ['move', 'g m', paths.move, 'accounts.move'],
    ['supervise', 'g s', paths.supervise, 'desk.supervise'],
    ['policy', 'g p', paths.policy, 'policy.see'],
  ] as const
  const signOut = async () => {
    await call(staff.signOut, {})
    forgetTabs()
    client.clear()
    go(paths.home)
    window.location.reload()
  }
  const deeds: Deed[] = [
    ...goes
      .filter(([, , , may]) => permissions.includes(may))
      .map(([id, keys, to]) => ({
        id: `go-${id}`,
        title: t(`deeds.${id}`),
        keys,
        section: t('section.go'),
        run: () => go(to),
      })),
    ...themes.map(theme => ({
      id: `theme-${theme}`,
      title: t(`deeds.${theme}`),
      section: t('section.view'),
      run: () => applyTheme(theme),
    })),
    { id: 'sign-out', title: t('deeds.signOut'), section: t('section.view'), run: () => void signOut() },
  ]
  useDeeds(deeds)
}

function AccountTabs({ pathname, go }: { pathname: string; go: (to: string) => void }) {
  const tabs = useTabs()
  const titles = useTabTitles()
  const current = /^\/accounts\/(\d+)/.exec(pathname)?.[1] ?? null
  const close = (id: string) => {
    closeTab(id)
    const left = tabs.filter(tab => tab.accountId !== id)
    if (id === current) go(left.length > 0 ? `/accounts/${left.at(-1)!.accountId}` : paths.home)
  }
  return (
    <>
      <TabStrip
        tabs={tabs.map(tab => ({
          id: tab.accountId,
          title: titles[tab.accountId] ?? '…',
          unsaved: tab.unsaved,
        }))}
        current={current}
        onSelect={id => go(`/accounts/${id}`)}
        onClose={close}
        onNew={() => document.querySelector<HTMLInputElement>('.wb-search-input')?.focus()}
      />
      {tabs.map(tab => (
        <AccountTabTitle key={tab.accountId} accountId={tab.accountId} />
      ))}
    </>
  )
}

function Status() {
  const t = useWords('shell')
  const me = useMe()
  const live = useLive()
  const district = useAsk(policy.getDistrict, {}, { staleTime: 3_600_000 })
  const now = useMinute()
  return (
    <>
      {district.data?.isSample && <Badge>{t('status.sample')}</Badge>}
      {live !== 'live' && <Badge tone="amber">{t(`status.${live}`)}</Badge>}
      <InstantText at={now} />
      <Link href={paths.me} label={t('status.me', { name: me.name })}>
        <strong>{me.name}</strong>
      </Link>
      <span className="wb-quiet">{me.levelName ?? me.roles.join(', ')}</span>
    </>
  )
}

function useLive(): LiveState {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('live')
  useEffect(() => listen(client, setState), [client])
  return state
}

/** The time on the wall, minute by minute. */
function useMinute() {
  const [now, setNow] = useState(() => new Date().toISOString())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), 20_000)
    return () => clearInterval(timer)
  }, [])
  return now as Parameters<typeof InstantText>[0]['at']
}
