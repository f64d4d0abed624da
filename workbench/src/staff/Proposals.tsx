import './staff.css'
import type { Output } from '@curbstop/kernel/endpoint'
import { staff } from '@curbstop/server/contract/staff'
import { Button, InstantText, Section, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { useAsk, useDo } from '../shell/ask.ts'
import { ReasonDialog } from '../shell/ReasonDialog.tsx'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useMe } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { roleWord } from './role-words.ts'

type Proposal = Output<typeof staff.listProposals>[number]
type Opened = { proposal: Proposal; confirm: boolean }

/** What was asked for somebody and waits for a second person; nothing is shown while nothing waits. */
export function Proposals() {
  const t = useWords('staff')
  const asked = useAsk(staff.listProposals, {})
  const [opened, setOpened] = useState<Opened | null>(null)
  if (!asked.data || asked.data.length === 0) return null
  return (
    <Section title={t('proposals.title')}>
      <p className="cs-quiet">{t('proposals.help')}</p>
      <ul className="wb-proposals">
        {asked.data.map(proposal => (
          <li key={String(proposal.proposalId)}>
            <OneProposal proposal={proposal} onOpen={confirm => setOpened({ proposal, confirm })} />
          </li>
        ))}
      </ul>
      {opened && <DecideDialog {...opened} onClose={() => setOpened(null)} />}
    </Section>
  )
}

function OneProposal({ proposal, onOpen }: { proposal: Proposal; onOpen: (confirm: boolean) => void }) {
  const t = useWords('staff')
  const me = useMe()
  const { person, proposedBy, reason, mayNot, what } = proposal
  const rights = useRights(proposal)
  const isOwn = proposedBy.personId === me.personId
  return (
    <>
      <div>
        <strong>{person.name}</strong>
        {`: ${what === 'rights' ? rights : t(`proposals.what.${what}`)}`}
        <p className="cs-quiet">
          {proposedBy.name}, <InstantText at={proposal.proposedAt} />
          {`: ${reason}`}
        </p>
      </div>
      <div className="cs-inline">
        <Button variant="primary" disabledReason={mayNot} onPress={() => onOpen(true)}>
          {t('proposals.confirm')}
        </Button>
        <Button disabledReason={isOwn ? null : mayNot} onPress={() => onOpen(false)}>
          {isOwn ? t('proposals.withdraw') : t('proposals.decline')}
        </Button>
      </div>
    </>
  )
}

/** `Advisor → Supervisor, cashier`. */
function useRights({ before, after }: Proposal): string {
  const t = useWords('staff')
  const said = ({ level, roles }: Proposal['before']) =>
    [...(level ? [t(`level.${level}`)] : []), ...roles.map(role => roleWord(t, role))].join(', ') ||
    t('proposals.nothing')
  return `${said(before)} → ${said(after)}`
}

function DecideDialog({ proposal, confirm, onClose }: Opened & { onClose: () => void }) {
  const t = useWords('staff')
  const me = useMe()
  const toasts = useToast()
  const refresh = useRefreshArea('staff', 'desk')
  const decide = useDo(staff.decideProposal)
  const isOwn = proposal.proposedBy.personId === me.personId
  const verb = confirm ? 'confirm' : isOwn ? 'withdraw' : 'decline'
  return (
    <ReasonDialog
      title={t(`proposals.${verb}Title`, { name: proposal.person.name })}
      label={t('dialog.reason')}
      missing={t('dialog.reasonMissing')}
      confirmLabel={t(`proposals.${verb}`)}
      onClose={onClose}
      onConfirm={async reason => {
        await decide.mutateAsync({ proposalId: proposal.proposalId, confirm, reason })
        refresh()
        toasts.show({ text: t(`proposals.${verb}Done`) })
      }}
    />
  )
}
