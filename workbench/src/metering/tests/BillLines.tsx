import { formatDate, Money, useUi } from '@curbstop/ui'
import { useWords } from '../../shell/words.ts'
import type { Proposal } from './shapes.ts'

type Bill = Proposal['bills'][number]

/** Every line of every bill, before and after, with its arithmetic. */
export function BillLines({ bills }: { bills: readonly Bill[] }) {
  const t = useWords('meterTests')
  const { strings, today } = useUi()
  return (
    <div className="cs-table-scroll">
      <table className="cs-table">
        <thead>
          <tr>
            <th scope="col">{t('money.line')}</th>
            <th scope="col">{t('money.before')}</th>
            <th scope="col">{t('money.after')}</th>
            <th scope="col" className="cs-cell-end">
              {t('money.difference')}
            </th>
          </tr>
        </thead>
        {bills.map(bill => (
          <tbody key={String(bill.billId)}>
            <tr>
              <th scope="rowgroup" colSpan={4} className="wb-test-bill">
                {formatDate(bill.toOn, strings, { today })}
              </th>
            </tr>
            {bill.lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a bill keep their order
              <tr key={at}>
                <td>{line.label}</td>
                <td>{line.before?.arithmetic ?? ''}</td>
                <td>{line.after?.arithmetic ?? ''}</td>
                <td className="cs-cell-end">
                  <Money cents={line.differenceCents} signed />
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}
