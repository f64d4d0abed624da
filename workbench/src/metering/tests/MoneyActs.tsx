import type { AccountId } from '@curbstop/kernel/ids'
import { fieldwork } from '@curbstop/server/contract/staff'
import { Button, Section, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../../shell/ask.ts'
import { useDeeds } from '../../shell/keys.ts'
import { useRefreshArea } from '../../shell/refresh-area.ts'
import { useMay } from '../../shell/session.ts'
import { useWords } from '../../shell/words.ts'
import { type Act, MoneyDialog } from './MoneyDialog.tsx'
import type { Proposal, Test } from './shapes.ts'

type Props = { test: Test; accountId: AccountId; proposal: Proposal | null }

const keys = { post: 'a', propose: 'p', waive: 'w' } as const

/** Post, propose, waive, exchange: each with its key, each saying why it cannot be pressed now. */
export function MoneyActs({ test, accountId, proposal }: Props) {
  const t = useWords('meterTests')
  const mayCorrect = useMay('billing.correct')
  const [opened, setOpened] = useState<Act | null>(null)
  const settled = proposal?.corrections.find(one => one.resultId === proposal.resultId) ?? null
  const isOpen = proposal !== null && proposal.resultId !== null && settled === null
  const common = mayCorrect ? (isOpen ? null : t('act.noResult')) : t('act.mayNot')
  const outcome = proposal?.outcome ?? 'none'
  const isBlocked = proposal !== null && proposal.may !== 'alone'
  const offered: readonly { act: Act; title: string; why: string | null }[] = [
    { act: 'post', title: t(`act.post.${outcome}`), why: common ?? (isBlocked ? proposal.maySays : null) },
    ...(isBlocked && proposal.may === 'propose'
      ? [{ act: 'propose' as const, title: t('act.propose'), why: common }]
      : []),
    ...(outcome === 'back-bill'
      ? [
          {
            act: 'waive' as const,
            title: t('act.waive'),
            why: common ?? (isBlocked ? proposal!.maySays : null),
          },
        ]
      : []),
  ]
  useDeeds(
    (settled ? [] : offered).map(({ act, title, why }) => ({
      ...{ id: `meter-test-${act}`, title, keys: keys[act], section: t('section') },
      run: () => setOpened(act),
      ...(why ? { blocked: why } : {}),
    })),
  )
  return (
    <Section title={t('act.title')}>
      <div className="wb-acts">
        {!settled &&
          offered.map(({ act, title, why }) => (
            <Button
              key={act}
              kbd={keys[act]}
              variant={act === offered.find(one => one.why === null)?.act ? 'primary' : 'quiet'}
              disabledReason={why}
              onPress={() => setOpened(act)}
            >
              {title}
            </Button>
          ))}
        {proposal?.exchange && <ExchangeOrder test={test} accountId={accountId} />}
      </div>
      {isBlocked && !settled && isOpen && <p className="cs-quiet">{proposal.maySays}</p>}
      {proposal?.proposed && !settled && (
        <p className="wb-prose">
          {t('act.proposed', { by: proposal.proposed.by, reason: proposal.proposed.reason })}
        </p>
      )}
      {proposal && <Decided proposal={proposal} />}
      {opened && proposal?.resultId && (
        <MoneyDialog
          {...{ act: opened, accountId, proposal, resultId: proposal.resultId }}
          title={offered.find(one => one.act === opened)?.title ?? ''}
          onClose={() => setOpened(null)}
        />
      )}
    </Section>
  )
}

function Decided({ proposal: { corrections } }: { proposal: Proposal }) {
  const t = useWords('meterTests')
  return corrections.map(one => (
    <div key={String(one.resultId)}>
      <p>
        <strong>{t(`act.outcome.${one.outcome}`)}</strong>{' '}
        {one.proposedBy
          ? t('act.settledTwo', { proposer: one.proposedBy, by: one.decidedBy })
          : t('act.settled', { by: one.decidedBy })}
      </p>
      <p className="wb-prose cs-quiet">{one.reason}</p>
      {one.reversed && (
        <p className="wb-prose">{t('act.reversed', { by: one.reversed.by, reason: one.reversed.reason })}</p>
      )}
    </div>
  ))
}

/** A failed meter does not stay: its exchange is one press away. */
function ExchangeOrder({ test, accountId }: { test: Test; accountId: AccountId }) {
  const t = useWords('meterTests')
  const toasts = useToast()
  const refresh = useRefreshArea('fieldwork', 'metering', 'reports')
  const mayOrder = useMay('fieldwork.order')
  const make = useDo(fieldwork.makeOrder)
  const [made, setMade] = useState(false)
  const order = () =>
    make.mutate(
      {
        ...{ kind: 'MEX', accountId, parentOrderId: test.orderId },
        instructions: t('act.exchangeText', { serial: test.serial, test: String(test.testId) }),
      },
      {
        onSuccess: ({ order }) => {
          setMade(true)
          refresh()
          toasts.show({ text: t('act.exchangeDone', { order: String(order.orderId) }) })
        },
        onError: error => toasts.show({ text: error.message }),
      },
    )
  if (made) return null
  return (
    <Button busy={make.isPending} disabledReason={mayOrder ? null : t('act.mayNotOrder')} onPress={order}>
      {t('act.exchange')}
    </Button>
  )
}
