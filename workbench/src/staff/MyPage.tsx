import '../desk/desk.css'
import './staff.css'
import type { Output } from '@curbstop/kernel/endpoint'
import { formatDollars } from '@curbstop/kernel/money'
import { staff } from '@curbstop/server/contract/staff'
import {
  Alert,
  type Column,
  Columns,
  DataTable,
  EmptyState,
  FactList,
  formatNumber,
  InstantText,
  Section,
  SegmentedControl,
} from '@curbstop/ui'
import { useMemo, useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { useMay, useMe } from '../shell/session.ts'
import { applyTheme, currentTheme, type Theme } from '../shell/theme.ts'
import { useWords } from '../shell/words.ts'
import { MyInterests } from './MyInterests.tsx'
import { MyPassword, MySecondFactor } from './MySignIn.tsx'
import { roleWord, unitWord } from './role-words.ts'

/** One's own page: sign-in, what one may decide, what one has declared, the look. */
export function MyPage() {
  const t = useWords('staff')
  const me = useMe()
  const maySee = useMay('staff.see')
  const [theme, setTheme] = useState<Theme>(currentTheme)
  const look = (next: Theme) => {
    applyTheme(next)
    setTheme(next)
  }
  return (
    <Columns
      leftLabel={t('me.facts')}
      left={
        <>
          <Section title={t('me.facts')}>
            <FactList
              facts={[
                { label: t('me.login'), value: me.login },
                { label: t('me.level'), value: me.levelName ?? t('me.none') },
                {
                  label: t('me.roles'),
                  value: me.roles.map(role => roleWord(t, role)).join(', ') || t('me.none'),
                },
              ]}
            />
          </Section>
          <Section title={t('me.theme')}>
            <SegmentedControl
              small
              label={t('me.theme')}
              options={(['light', 'dark', 'system'] as const).map(id => ({
                id,
                label: t(`me.themes.${id}`),
              }))}
              value={theme}
              onChange={look}
            />
          </Section>
        </>
      }
    >
      <div className="wb-head">
        <h1>{t('me.title', { name: me.name })}</h1>
      </div>
      {me.lastReset && (
        <Alert tone="amber" title={t('me.wasReset')}>
          {t('me.wasResetBy', { name: me.lastReset.by.name })} <InstantText at={me.lastReset.at} />
          {`. ${t('me.resetUntil')} `}
          <InstantText at={me.lastReset.until} /> {t('me.resetApart')}
        </Alert>
      )}
      <div className="wb-two">
        <MyPassword />
        <MySecondFactor />
      </div>
      <MyInterests />
      {maySee && <MyLimits />}
    </Columns>
  )
}

type Limit = Output<typeof staff.listLimits>[number]

function MyLimits() {
  const t = useWords('staff')
  const me = useMe()
  const asked = useAsk(staff.listLimits, {}, { staleTime: 300_000 })
  const columns = useLimitColumns()
  return (
    <Section title={t('me.limits')}>
      <p className="cs-quiet">{t('me.limitsHelp')}</p>
      <Answer of={asked} lines={4}>
        {rows => (
          <div className="wb-limits">
            <DataTable
              bare
              label={t('me.limits')}
              columns={columns}
              rows={rows.filter(row => row.role === me.level || me.roles.includes(row.role))}
              rowKey={row => `${row.role}-${row.action}`}
              empty={<EmptyState title={t('me.limitsNone')} />}
            />
          </div>
        )}
      </Answer>
    </Section>
  )
}

function useLimitColumns(): Column<Limit>[] {
  const t = useWords('staff')
  return useMemo(() => {
    const says = (row: Limit): string => {
      if (row.limit === null) return t('me.limit.without')
      if (row.limit === '0') return t('me.limit.propose')
      const amount =
        row.unit === 'cents'
          ? formatDollars(BigInt(row.limit) as Parameters<typeof formatDollars>[0])
          : `${formatNumber(BigInt(row.limit))} ${unitWord(t, row.unit)}`
      return t('me.limit.upTo', { amount })
    }
    return [
      {
        id: 'action',
        title: t('me.columns.action'),
        grow: true,
        cell: row => row.action.replaceAll(/[-.]/g, ' '),
      },
      { id: 'limit', title: t('me.columns.limit'), align: 'end', cell: says },
      { id: 'citation', title: t('me.columns.citation'), width: '260px', cell: row => row.citation },
    ]
  }, [t])
}
