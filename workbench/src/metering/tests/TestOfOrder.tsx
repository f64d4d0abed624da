import type { OrderId } from '@curbstop/kernel/ids'
import { metering } from '@curbstop/server/contract/staff'
import { Link, Section } from '@curbstop/ui'
import { useAsk } from '../../shell/ask.ts'
import { paths } from '../../shell/paths.ts'
import { useWords } from '../../shell/words.ts'

/** From the order of a meter test to its bench sheet. */
export function TestOfOrder({ orderId }: { orderId: OrderId }) {
  const t = useWords('meterTests')
  const asked = useAsk(metering.getMeterTestOfOrder, { orderId })
  const test = asked.data?.test
  if (!test) return null
  return (
    <Section title={t('section')}>
      <Link href={paths.meterTest(test.testId)}>
        {t(test.result ? 'sheet.see' : 'sheet.enter', { serial: test.serial || t('hiddenSerial') })}
      </Link>
    </Section>
  )
}
