import { customers } from '@curbstop/server/contract/staff'
import { Badge, Disclosure, formatDate, InstantText, Section, useUi } from '@curbstop/ui'
import { type ReactNode, useState } from 'react'
import { Answer } from '../shell/Answer.tsx'
import { useAsk } from '../shell/ask.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import type { Customer } from './CustomerPage.tsx'

type HistoryProps = { customer: Customer }
type RowsProps<Row> = {
  rows: readonly Row[]
  none: string
  keyOf: (row: Row) => string
  children: (row: Row) => ReactNode
}

/** What happened, a line each, or the sentence that nothing did. */
function Rows<Row>({ rows, none, keyOf, children }: RowsProps<Row>) {
  if (rows.length === 0) return <p className="cs-quiet">{none}</p>
  return (
    <ul className="cs-rows">
      {rows.map(row => (
        <li key={keyOf(row)}>{children(row)}</li>
      ))}
    </ul>
  )
}

/** Phones, e-mails and addresses that were on the card once. */
export function FormerWays({ customer: { customerId } }: HistoryProps) {
  const t = useWords('customers')
  const { strings, today } = useUi()
  const [isOpen, setOpen] = useState(false)
  const asked = useAsk(customers.listFormer, { customerId }, { enabled: isOpen })
  return (
    <Disclosure title={t('former.title')} onToggle={setOpen}>
      {isOpen && (
        <Answer of={asked} lines={2}>
          {rows => (
            <Rows rows={rows} none={t('former.none')} keyOf={row => `${row.what}-${row.text}-${row.until}`}>
              {row => (
                <div className="cs-spread">
                  <span>
                    {row.text} <span className="cs-quiet">{t(`formerWhat.${row.what}`)}</span>
                  </span>
                  <span className="cs-quiet">
                    {t('former.until', {
                      from: formatDate(row.from, strings, { today, short: true }),
                      until: formatDate(row.until, strings, { today, short: true }),
                    })}
                  </span>
                </div>
              )}
            </Rows>
          )}
        </Answer>
      )}
    </Disclosure>
  )
}

/** The last attempts to prove who was calling. */
export function CallerProofs({ customer: { customerId } }: HistoryProps) {
  const t = useWords('customers')
  const maySee = useMay('customers.verify')
  const asked = useAsk(customers.listVerifications, { customerId }, { enabled: maySee })
  if (!maySee) return null
  return (
    <Section title={t('proofs.title')}>
      <Answer of={asked} lines={2}>
        {rows => (
          <Rows rows={rows} none={t('proofs.none')} keyOf={row => String(row.verificationId)}>
            {row => (
              <>
                <Badge tone={row.outcome === 'unverified' ? 'amber' : 'green'}>
                  {t(`proofs.outcome.${row.outcome}`)}
                </Badge>{' '}
                {t('proofs.row', {
                  caller: row.callerName ?? t(`proofs.caller.${row.caller}`),
                  by: row.personName,
                })}{' '}
                <span className="cs-quiet">
                  <InstantText at={row.at} />
                </span>
              </>
            )}
          </Rows>
        )}
      </Answer>
    </Section>
  )
}

/** Who looked behind the protection, when and why. */
export function AccessLog({ customer: { customerId } }: HistoryProps) {
  const t = useWords('customers')
  const maySee = useMay('audit.see')
  const asked = useAsk(customers.listAccess, { customerId }, { enabled: maySee })
  if (!maySee) return null
  return (
    <Section title={t('access.title')}>
      <Answer of={asked} lines={2}>
        {rows => (
          <Rows rows={rows} none={t('access.none')} keyOf={row => `${row.at}-${row.personId}`}>
            {row => (
              <>
                {t('access.row', { name: row.personName, reason: row.reason })}{' '}
                <span className="cs-quiet">
                  <InstantText at={row.at} />
                </span>
              </>
            )}
          </Rows>
        )}
      </Answer>
    </Section>
  )
}
