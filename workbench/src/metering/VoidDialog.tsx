import type { Output } from '@curbstop/kernel/endpoint'
import { metering } from '@curbstop/server/contract/staff'
import { Checkbox, formatDate, formatNumber, useToast, useUi } from '@curbstop/ui'
import { useState } from 'react'
import { BillsOfRead, useBillsOfRead } from '../billing/BillsOfRead.tsx'
import { useDo } from '../shell/ask.ts'
import { ReasonDialog } from '../shell/ReasonDialog.tsx'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useWords } from '../shell/words.ts'

type Read = Output<typeof metering.listReads>[number]

/** Takes a read out of every calculation; bills that rest on it are shown first, and must be known. */
export function VoidDialog({ read, onClose }: { read: Read; onClose: () => void }) {
  const t = useWords('metering')
  const { strings, today } = useUi()
  const toasts = useToast()
  const refresh = useRefreshArea('metering', 'reports', 'desk')
  const asked = useDo(metering.voidRead)
  const bills = useBillsOfRead(read)
  const [knows, setKnows] = useState(false)
  const isBilled = bills.length > 0 || asked.error?.code === 'billing.read-billed'
  return (
    <ReasonDialog
      danger
      title={t('void.title', {
        value: formatNumber(read.value),
        on: formatDate(read.readOn, strings, { today }),
      })}
      label={t('void.reason')}
      missing={t('void.missing')}
      blocked={isBilled && !knows ? t('void.unknown') : null}
      confirmLabel={t('void.confirm')}
      onClose={onClose}
      onConfirm={async reason => {
        const { meterId, readId } = read
        await asked.mutateAsync({ meterId, readId, reason, ...(knows ? { knowsBilled: true } : {}) })
        refresh()
        toasts.show({ text: t(knows ? 'void.doneBilled' : 'void.done') })
      }}
    >
      <p>{t('void.help')}</p>
      <BillsOfRead bills={bills} />
      {isBilled && (
        <Checkbox checked={knows} onChange={setKnows}>
          {t('void.knows')}
        </Checkbox>
      )}
    </ReasonDialog>
  )
}
