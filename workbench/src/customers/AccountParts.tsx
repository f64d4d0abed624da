import type { LocalDate } from '@curbstop/kernel/dates'
import { accounts } from '@curbstop/server/contract/staff'
import {
  Button,
  DateField,
  FieldRow,
  formatDate,
  Link,
  LinkButton,
  NumberField,
  RadioGroup,
  Section,
  TextField,
  useToast,
  useUi,
} from '@curbstop/ui'
import { useState } from 'react'
import { wantMove } from '../accounts/move/draft.ts'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useDo } from '../shell/ask.ts'
import { paths } from '../shell/paths.ts'
import { ReasonDialog } from '../shell/ReasonDialog.tsx'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import type { Account } from './CustomerPage.tsx'

type PartProps = { account: Account }
type DialogProps = PartProps & { onClose: () => void }
const useRefresh = () => useRefreshArea('accounts', 'reports')

function useWhyNot(account: Account): string | null {
  const t = useWords('customers')
  const mayEdit = useMay('accounts.edit')
  if (!mayEdit) return t('enrolments.forbidden')
  return account.status === 'closed' ? t('enrolments.closed') : null
}

/** Persons who live there: the water budget counts them. */
export function HouseholdPanel({ account }: PartProps) {
  const t = useWords('customers')
  const { strings, today } = useUi()
  const why = useWhyNot(account)
  const [isOpen, setOpen] = useState(false)
  return (
    <Section title={t('household.title')}>
      {account.household.length === 0 && <p className="cs-quiet">{t('household.none')}</p>}
      <ul>
        {account.household.map((row, index) => (
          <li
            key={`${row.fromOn}-${row.notedAt}`}
            className={index > 0 ? 'cs-quiet' : undefined}
            title={row.evidence}
          >
            {t('household.row', {
              count: row.persons,
              on: formatDate(row.fromOn, strings, { today, short: true }),
            })}
          </li>
        ))}
      </ul>
      <div className="cs-inline">
        <Button
          aria-label={t('changeWhat', { what: t('household.title') })}
          disabledReason={why}
          onPress={() => setOpen(true)}
        >
          {t('change')}
        </Button>
      </div>
      {isOpen && <HouseholdDialog account={account} onClose={() => setOpen(false)} />}
    </Section>
  )
}

function HouseholdDialog({ account, onClose }: DialogProps) {
  const t = useWords('customers')
  const { today } = useUi()
  const toasts = useToast()
  const refresh = useRefresh()
  const asked = useDo(accounts.changeHousehold)
  const [persons, setPersons] = useState<number | null>(account.household[0]?.persons ?? null)
  const [fromOn, setFrom] = useState<LocalDate | null>(today)
  const [evidenceKind, setKind] = useState<'stated' | 'documents'>('stated')
  const [evidence, setEvidence] = useState('')
  const submit = () => {
    if (persons === null || !fromOn) return
    asked.mutate(
      { accountId: account.accountId, persons, fromOn, evidenceKind, evidence },
      {
        onSuccess: answer => {
          refresh()
          toasts.show({ text: answer.hint ?? t('household.saved') })
          onClose()
        },
      },
    )
  }
  return (
    <ActForm
      title={t('household.editTitle')}
      doIt={t('household.save')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['persons', 'fromOn', 'evidenceKind', 'evidence']}
    >
      <FieldRow>
        <NumberField
          label={t('household.persons')}
          name="persons"
          decimals={0}
          min={0}
          max={500}
          value={persons}
          onChange={setPersons}
          autoFocus
        />
        <DateField label={t('household.from')} name="fromOn" value={fromOn} onChange={setFrom} />
      </FieldRow>
      <RadioGroup
        label={t('household.evidenceKind')}
        name="evidenceKind"
        inline
        options={(['stated', 'documents'] as const).map(id => ({ id, label: t(`household.kinds.${id}`) }))}
        value={evidenceKind}
        onChange={setKind}
      />
      <TextField label={t('household.evidence')} name="evidence" value={evidence} onChange={setEvidence} />
    </ActForm>
  )
}

const kinds = ['autopay', 'ebill', 'budget-billing'] as const
type Kind = (typeof kinds)[number]

/** Autopay, e-bill, level payments: since when, and beginning or ending them. */
export function Enrolments({ account }: PartProps) {
  const t = useWords('customers')
  const { strings, today } = useUi()
  const why = useWhyNot(account)
  const [opened, setOpened] = useState<{ kind: Kind; begin: boolean } | null>(null)
  return (
    <Section title={t('enrolments.title')}>
      <ul>
        {kinds.map(kind => {
          const running = account.enrolments.find(
            one => one.kind === kind && (one.toOn === null || (today && one.toOn > today)),
          )
          return (
            <li key={kind} className="cs-spread">
              <span>
                {t(`enrolments.kind.${kind}`)}{' '}
                <span className="cs-quiet">
                  {running
                    ? t('enrolments.since', {
                        on: formatDate(running.fromOn, strings, { today, short: true }),
                      })
                    : t('enrolments.off')}
                </span>
              </span>
              {!why && (
                <LinkButton onPress={() => setOpened({ kind, begin: !running })}>
                  {running ? t('enrolments.end') : t('enrolments.begin')}
                </LinkButton>
              )}
            </li>
          )
        })}
      </ul>
      {why && <p className="cs-quiet cs-small">{why}</p>}
      {opened && <EnrolmentDialog account={account} {...opened} onClose={() => setOpened(null)} />}
    </Section>
  )
}

function EnrolmentDialog({ account, kind, begin, onClose }: DialogProps & { kind: Kind; begin: boolean }) {
  const t = useWords('customers')
  const { strings, today } = useUi()
  const toasts = useToast()
  const refresh = useRefresh()
  const asked = useDo(accounts.changeEnrolment)
  const [onDate, setOn] = useState<LocalDate | null>(today)
  const what = t(`enrolments.kind.${kind}`)
  const submit = () => {
    if (!onDate) return
    asked.mutate(
      { accountId: account.accountId, kind, begin, onDate },
      {
        onSuccess: () => {
          refresh()
          const facts = { what, on: formatDate(onDate, strings, { today }) }
          toasts.show({ text: begin ? t('enrolments.begun', facts) : t('enrolments.ended', facts) })
          onClose()
        },
      },
    )
  }
  return (
    <ActForm
      title={begin ? t('enrolments.beginTitle', { what }) : t('enrolments.endTitle', { what })}
      doIt={t('enrolments.do')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['onDate']}
    >
      <DateField label={t('enrolments.on')} name="onDate" value={onDate} onChange={setOn} autoFocus />
    </ActForm>
  )
}

type Change = Account['changes'][number]

/** Starts, stops and transfers of this account; a pending one can be taken back. */
export function Moves({ account }: PartProps) {
  const t = useWords('customers')
  const { strings, today } = useUi()
  const mayMove = useMay('accounts.move')
  const [cancelling, setCancelling] = useState<Change | null>(null)
  return (
    <Section title={t('moves.title')}>
      {account.changes.length === 0 && <p className="cs-quiet">{t('moves.none')}</p>}
      <ul className="cs-rows">
        {account.changes.map(change => (
          <li key={String(change.changeId)} className="cs-stack">
            <span>
              {`${t(`moves.kind.${change.kind}`)} ${formatDate(change.onDate, strings, { today })} · ${t(`moves.handOver.${change.handOver}`)}`}
              {change.cancelledAt && ` · ${t('moves.cancelled')}`}
            </span>
            {!change.cancelledAt && today && change.onDate >= today && (
              <span>
                <Button
                  disabledReason={mayMove ? change.cannotCancel : t('moves.forbidden')}
                  onPress={() => setCancelling(change)}
                >
                  {t('moves.cancel')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {mayMove && account.status !== 'closed' && (
        <Link href={paths.move} onFollow={() => wantMove({ accountId: account.accountId, kind: 'stop' })}>
          {t('moves.stop')}
        </Link>
      )}
      {cancelling && (
        <CancelDialog account={account} change={cancelling} onClose={() => setCancelling(null)} />
      )}
    </Section>
  )
}

function CancelDialog({ account, change, onClose }: DialogProps & { change: Change }) {
  const t = useWords('customers')
  const toasts = useToast()
  const refresh = useRefreshArea('accounts', 'reports', 'fieldwork', 'desk')
  const asked = useDo(accounts.cancelOccupancyChange)
  return (
    <ReasonDialog
      danger
      title={t('moves.cancelTitle')}
      label={t('moves.cancelReason')}
      missing={t('moves.cancelMissing')}
      confirmLabel={t('moves.cancel')}
      onClose={onClose}
      onConfirm={async reason => {
        const answer = await asked.mutateAsync({
          accountId: account.accountId,
          changeId: change.changeId,
          reason,
        })
        refresh()
        toasts.show({ text: answer.restored.map(one => one.says).join(' ') })
      }}
    >
      <p>{t('moves.cancelHelp')}</p>
    </ReasonDialog>
  )
}
