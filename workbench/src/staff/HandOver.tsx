import './staff.css'
import type { Output } from '@curbstop/kernel/endpoint'
import type { staff } from '@curbstop/server/contract/staff'
import { Button, Dialog, InstantText } from '@curbstop/ui'
import { useWords } from '../shell/words.ts'

type First = Output<typeof staff.resetSignIn>['first']
type HandOverProps = { name: string; first: First; waits?: boolean; onClose: () => void }

/** A first password, shown once: it is told in person and opens nothing but its own change. */
export function HandOver({ name, first, waits, onClose }: HandOverProps) {
  const t = useWords('staff')
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('handOver.title', { name })}
      footer={
        <Button variant="primary" onPress={onClose}>
          {t('handOver.done')}
        </Button>
      }
    >
      <div className="cs-stack">
        <code className="wb-secret">{first.password}</code>
        <p>{t('handOver.how', { name })}</p>
        <p>
          {t('handOver.until')} <InstantText at={first.until} />
        </p>
        {waits && <p>{t('handOver.waits')}</p>}
        <p className="cs-quiet">{t('handOver.apart', { name })}</p>
      </div>
    </Dialog>
  )
}
