import { Button, InstantText, Section } from '@curbstop/ui'
import { useState } from 'react'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import type { Customer } from './CustomerPage.tsx'
import { DecideDialog, LiftDialog, PlaceDialog, Reveal } from './ProtectionDialogs.tsx'

type PanelProps = { customer: Customer }

/** The protection of a customer: placed by one, approved by another, lifted the same way (PRV-019). */
export function ProtectionPanel({ customer }: PanelProps) {
  const t = useWords('customers')
  const guard = useWords('accounts')
  const mayEdit = useMay('customers.edit')
  const maySee = useMay('customers.see-protected')
  const [opened, setOpened] = useState<'place' | 'lift' | 'approve' | 'refuse' | 'reveal' | null>(null)
  const close = () => setOpened(null)
  const { protection, visibility } = customer
  const why = mayEdit ? null : t('forbidden')
  return (
    <Section title={t('protection.title')}>
      {protection ? (
        <>
          <ProtectionFacts protection={protection} />
          <div className="cs-inline">
            {visibility === 'sealed' && (
              <Button
                variant="primary"
                disabledReason={maySee ? null : t('hidden')}
                onPress={() => setOpened('reveal')}
              >
                {guard('guard.reveal')}
              </Button>
            )}
            <DecideButtons protection={protection} onOpen={setOpened} />
            {protection.stage === 'in-force' && (
              <Button disabledReason={why} onPress={() => setOpened('lift')}>
                {t('protection.lift')}
              </Button>
            )}
          </div>
        </>
      ) : (
        <>
          <p className="cs-quiet">{t('protection.none')}</p>
          <div className="cs-inline">
            <Button icon="lock" disabledReason={why} onPress={() => setOpened('place')}>
              {t('protection.place')}
            </Button>
          </div>
        </>
      )}
      {opened === 'place' && <PlaceDialog customer={customer} onClose={close} />}
      {opened === 'lift' && <LiftDialog customer={customer} onClose={close} />}
      {(opened === 'approve' || opened === 'refuse') && (
        <DecideDialog customer={customer} approve={opened === 'approve'} onClose={close} />
      )}
      {opened === 'reveal' && <Reveal customer={customer} onClose={close} />}
    </Section>
  )
}

function ProtectionFacts({ protection }: { protection: NonNullable<Customer['protection']> }) {
  const t = useWords('customers')
  const guard = useWords('accounts')
  return (
    <div className="cs-stack">
      <p>
        <strong>{guard(`guard.kind.${protection.kind}`)}</strong>
        {` · ${t(`protection.stage.${protection.stage}`)}`}
      </p>
      {protection.substituteAddress && (
        <p className="wb-prose">{guard('guard.substitute', { address: protection.substituteAddress })}</p>
      )}
      {protection.reason && <p>{t('protection.reason', { reason: protection.reason })}</p>}
      {protection.liftReason && <p>{t('protection.liftReason', { reason: protection.liftReason })}</p>}
      <p className="cs-quiet">
        {protection.placedBy}, <InstantText at={protection.placedAt} />
        {protection.approvedBy && ` · ${t('protection.approvedBy', { name: protection.approvedBy })}`}
      </p>
    </div>
  )
}

type DecideProps = {
  protection: NonNullable<Customer['protection']>
  onOpen: (what: 'approve' | 'refuse') => void
}

function DecideButtons({ protection, onOpen }: DecideProps) {
  const t = useWords('customers')
  const mayProtect = useMay('customers.protect')
  if (protection.stage === 'in-force') return null
  const why = mayProtect ? null : t('protection.mayNotDecide')
  return (
    <>
      <Button disabledReason={why} onPress={() => onOpen('approve')}>
        {t('protection.approve')}
      </Button>
      <Button disabledReason={why} onPress={() => onOpen('refuse')}>
        {t('protection.refuse')}
      </Button>
    </>
  )
}
