import { variances } from '@curbstop/server/contract/staff'
import { Button, Section, useToast, useUi } from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../shell/ask.ts'
import { useDeeds } from '../shell/keys.ts'
import { ReasonDialog } from '../shell/ReasonDialog.tsx'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { type Act, actsOf, whyNot } from './acts.ts'
import type { View } from './draft.ts'

/** Approve, deny, propose, ask: each with its key, each saying why it cannot be pressed now. */
export function VarianceActs({ view, isChanged }: { view: View; isChanged: boolean }) {
  const t = useWords('variances')
  const [opened, setOpened] = useState<Act | null>(null)
  const mayDecide = useMay('variances.decide')
  const mayRequest = useMay('variances.request')
  const decides = (act: Act) => ['approve', 'deny', 'grantAppeal', 'denyAppeal', 'end'].includes(act)
  const words = {
    unsaved: t('act.unsaved'),
    mayNot: t('act.mayNot'),
    notEligible: (code: string, says: string) => t('act.notEligible', { code, says }),
  }
  const why = (act: Act) =>
    whyNot(act, { view, isChanged, mayAct: decides(act) ? mayDecide : mayRequest, words })
  const offered = actsOf(view)
  useDeeds(
    offered.map(([act, keys]) => {
      const blocked = why(act)
      return {
        id: `variance-${act}`,
        title: t(`act.${act}`),
        keys,
        section: t('page.section'),
        run: () => setOpened(act),
        ...(blocked ? { blocked } : {}),
      }
    }),
  )
  if (offered.length === 0) return null
  const first = offered.find(([act]) => !why(act))?.[0]
  return (
    <Section title={t('act.title')}>
      <div className="wb-acts">
        {offered.map(([act, keys]) => (
          <Button
            key={act}
            kbd={keys}
            variant={act === first ? 'primary' : 'quiet'}
            disabledReason={why(act)}
            onPress={() => setOpened(act)}
          >
            {t(`act.${act}`)}
          </Button>
        ))}
      </div>
      {opened && <ActDialog act={opened} view={view} onClose={() => setOpened(null)} />}
    </Section>
  )
}

const inside: readonly Act[] = ['propose', 'proposeDeny']
const kept: readonly Act[] = ['withdraw', 'appeal', 'end']

function ActDialog({ act, view, onClose }: { act: Act; view: View; onClose: () => void }) {
  const t = useWords('variances')
  const toasts = useToast()
  const refresh = useRefreshArea('variances', 'reports', 'desk', 'billing')
  const run = useAct(act, view)
  const label =
    act === 'ask'
      ? 'wanted'
      : inside.includes(act)
        ? 'reasonInside'
        : kept.includes(act)
          ? 'reasonKept'
          : 'reason'
  return (
    <ReasonDialog
      title={t(`act.${act}`)}
      label={t(`act.${label}`)}
      missing={t('act.missing')}
      confirmLabel={t(`act.${act}`)}
      danger={act === 'deny' || act === 'denyAppeal' || act === 'end'}
      onClose={onClose}
      onConfirm={async reason => {
        await run(reason)
        refresh()
        toasts.show({ text: t(`act.done.${act}`) })
      }}
    >
      {view.row.kind === 'medical' && <p className="cs-quiet">{t('act.neutral')}</p>}
      {view.verdict.grants && (act === 'approve' || act === 'grantAppeal') && (
        <p>{t('rules.gives', { what: view.verdict.grants })}</p>
      )}
    </ReasonDialog>
  )
}

function useAct(act: Act, { row }: View): (reason: string) => Promise<unknown> {
  const decide = useDo(variances.decideVariance)
  const propose = useDo(variances.proposeVariance)
  const ask = useDo(variances.askEvidence)
  const withdraw = useDo(variances.withdrawVariance)
  const appeal = useDo(variances.appealVariance)
  const decideAppeal = useDo(variances.decideAppeal)
  const end = useDo(variances.endVariance)
  const { accountId, varianceId, version } = row
  const on = { accountId, varianceId, version }
  const { today } = useUi()
  return reason => {
    switch (act) {
      case 'approve':
      case 'deny':
        return decide.mutateAsync({ ...on, decision: act, reason })
      case 'propose':
        return propose.mutateAsync({ ...on, decision: 'approve', reason })
      case 'proposeDeny':
        return propose.mutateAsync({ ...on, decision: 'deny', reason })
      case 'ask':
        return ask.mutateAsync({ ...on, wanted: reason })
      case 'withdraw':
        return withdraw.mutateAsync({ ...on, reason })
      case 'appeal':
        return appeal.mutateAsync({ ...on, reason })
      case 'grantAppeal':
        return decideAppeal.mutateAsync({ ...on, decision: 'approve', reason })
      case 'denyAppeal':
        return decideAppeal.mutateAsync({ ...on, decision: 'deny', reason })
      case 'end':
        return end.mutateAsync({ ...on, onDate: today!, why: 'ended', reason })
    }
  }
}
