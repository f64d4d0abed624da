import { metering } from '@curbstop/server/contract/staff'
import { FormDialog } from '@curbstop/ui'
import { useState } from 'react'
import { useDo } from '../../shell/ask.ts'
import { useWords } from '../../shell/words.ts'
import { Reasons } from './Reasons.tsx'
import type { ExceptionId, ExceptionLine } from './shapes.ts'

type Left = readonly { exceptionId: ExceptionId; why: string }[]
type BulkProps = {
  lines: readonly ExceptionLine[]
  onDone: (accepted: readonly ExceptionId[], left: Left) => void
  onClose: () => void
}

/** The safe ones of the chosen, with one reason; the server looks at each again. */
export function BulkDialog({ lines, onDone, onClose }: BulkProps) {
  const t = useWords('readBook')
  const accept = useDo(metering.acceptExceptions)
  const [own, setOwn] = useState('')
  const safe = lines.filter(line => line.isSafe).slice(0, 200)
  const run = (reason: string) => {
    if (reason.trim().length < 4) return
    const exceptions = safe.map(({ exceptionId, version }) => ({ exceptionId, version }))
    accept.mutate(
      { exceptions, reason },
      {
        onSuccess: ({ left }) => {
          const stays = new Set(left.map(one => one.exceptionId))
          onDone(
            safe.map(one => one.exceptionId).filter(id => !stays.has(id)),
            left,
          )
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('bulk.title')}
      doIt={t('act.bulkCount', { count: safe.length })}
      onSubmit={() => run(own)}
      onClose={onClose}
      busy={accept.isPending}
      error={accept.error?.message}
    >
      <p>{t('bulk.says', { safe: safe.length, chosen: lines.length })}</p>
      <Reasons
        usual={t('bulk.reasons', { returnObjects: true }) as readonly string[]}
        own={own}
        onOwn={setOwn}
        onChoose={run}
        busy={accept.isPending}
      />
    </FormDialog>
  )
}
