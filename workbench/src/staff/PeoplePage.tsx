import '../desk/desk.css'
import type { Output } from '@curbstop/kernel/endpoint'
import { staff } from '@curbstop/server/contract/staff'
import {
  Badge,
  Button,
  Checkbox,
  type Column,
  Columns,
  DataTable,
  EmptyState,
  InstantText,
  SearchField,
} from '@curbstop/ui'
import { useDeferredValue, useMemo, useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { useDeeds } from '../shell/keys.ts'
import { useMay, useMe } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { AddPersonDialog, type PersonAct, PersonActDialog } from './PersonDialogs.tsx'
import { Proposals } from './Proposals.tsx'
import { roleWord } from './role-words.ts'

export type Person = Output<typeof staff.listPeople>[number]

/** Who may sign in, as what, and shutting out at once. */
export function PeoplePage() {
  const t = useWords('staff')
  const mayManage = useMay('staff.manage')
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const [all, setAll] = useState(true)
  const [opened, setOpened] = useState<{ act: PersonAct; person: Person } | 'add' | null>(null)
  const asked = useAsk(
    staff.listPeople,
    { show: all ? 'all' : 'working', ...(words ? { words } : {}) },
    { keepPrevious: true },
  )
  const columns = usePersonColumns()
  const add = () => setOpened('add')
  const why = mayManage ? null : t('people.forbidden')
  useDeeds([
    {
      id: 'people-add',
      title: t('people.add'),
      keys: 'n',
      section: t('people.title'),
      run: add,
      ...(why ? { blocked: why } : {}),
    },
  ])
  return (
    <Columns>
      <div className="wb-head">
        <h1>{t('people.title')}</h1>
        <span className="cs-quiet" role="status">
          {asked.data && t('people.found', { count: asked.data.length })}
        </span>
        <span className="wb-head-end">
          <Checkbox checked={all} onChange={setAll}>
            {t('people.all')}
          </Checkbox>
          <Button kbd="n" icon="plus" disabledReason={why} onPress={add}>
            {t('people.add')}
          </Button>
        </span>
      </div>
      {mayManage && <Proposals />}
      <SearchField label={t('people.search')} value={typed} onChange={setTyped} />
      <Answer of={asked} lines={8}>
        {people => (
          <DataTable
            label={t('people.title')}
            columns={columns}
            rows={people}
            rowKey={person => String(person.personId)}
            detail={person => (
              <PersonActs person={person} why={why} open={act => setOpened({ act, person })} />
            )}
            empty={<EmptyState title={t('people.none')}>{t('people.noneHelp')}</EmptyState>}
          />
        )}
      </Answer>
      {opened === 'add' && <AddPersonDialog onClose={() => setOpened(null)} />}
      {opened && opened !== 'add' && <PersonActDialog {...opened} onClose={() => setOpened(null)} />}
    </Columns>
  )
}

function usePersonColumns(): Column<Person>[] {
  const t = useWords('staff')
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('people.columns.name'),
        width: '220px',
        cell: p => p.name,
        sort: p => p.name,
        text: p => p.name,
      },
      {
        id: 'login',
        title: t('people.columns.login'),
        cell: p => p.login,
        sort: p => p.login,
        text: p => p.login,
      },
      {
        id: 'level',
        title: t('people.columns.level'),
        cell: p => (p.level ? t(`level.${p.level}`) : ''),
        sort: p => p.level,
        text: p => p.level ?? '',
      },
      {
        id: 'roles',
        title: t('people.columns.roles'),
        grow: true,
        wrap: true,
        cell: p => p.roles.map(role => roleWord(t, role)).join(', '),
        text: p => p.roles.join(' '),
      },
      {
        id: 'factor',
        title: t('people.columns.factor'),
        cell: p => (p.secondFactor ? t('people.on') : <span className="cs-quiet">{t('people.off')}</span>),
        sort: p => p.secondFactor,
        text: p => (p.secondFactor ? t('people.on') : t('people.off')),
      },
      {
        id: 'state',
        title: t('people.columns.state'),
        cell: p =>
          p.disabledAt ? (
            <Badge tone="red">
              <InstantText at={p.disabledAt} show="date" />
            </Badge>
          ) : (
            <PersonState person={p} />
          ),
        sort: p => p.disabledAt,
        text: p => p.disabledAt ?? '',
      },
    ],
    [t],
  )
}

function PersonState({ person }: { person: Person }) {
  const t = useWords('staff')
  if (person.waits) return <Badge tone="amber">{t('people.waits')}</Badge>
  if (!person.firstPasswordUntil) return t('people.working')
  return (
    <span className="cs-quiet">
      {t('people.firstPassword')} <InstantText at={person.firstPasswordUntil} />
    </span>
  )
}

type ActsProps = { person: Person; why: string | null; open: (act: PersonAct) => void }

function PersonActs({ person, why, open }: ActsProps) {
  const t = useWords('staff')
  const me = useMe()
  const no = why ?? (person.personId === me.personId ? t('act.you') : null)
  return (
    <div className="cs-stack">
      {person.disabledReason && <p>{t('people.disabledBecause', { reason: person.disabledReason })}</p>}
      <div className="cs-inline">
        <Button disabledReason={no} onPress={() => open('roles')}>
          {t('act.roles')}
        </Button>
        <Button disabledReason={no} onPress={() => open('reset')}>
          {t('act.reset')}
        </Button>
        <Button
          disabledReason={no ?? (person.secondFactor ? null : t('act.noFactor'))}
          onPress={() => open('factor')}
        >
          {t('act.factor')}
        </Button>
        {person.disabledAt ? (
          <Button disabledReason={no} onPress={() => open('enable')}>
            {t('act.enable')}
          </Button>
        ) : (
          <Button variant="danger" disabledReason={no} onPress={() => open('disable')}>
            {t('act.disable')}
          </Button>
        )}
      </div>
    </div>
  )
}
