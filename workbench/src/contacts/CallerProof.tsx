import type { Input } from '@curbstop/kernel/endpoint'
import { formatDollars } from '@curbstop/kernel/money'
import { contacts } from '@curbstop/server/contract/staff'
import { Alert, Button, Form, formatDate, SegmentedControl, Select, TextField, useUi } from '@curbstop/ui'
import { useState } from 'react'
import type { View } from '../accounts/view.ts'
import { useDo } from '../shell/ask.ts'
import { useMay } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'
import { CallerDecision } from './CallerDecision.tsx'
import { type ContactInHand, useKeepContact } from './in-hand.ts'
import { ProofRow, type Tick } from './ProofRow.tsx'

type Verify = Input<typeof contacts.verifyCaller>
export type ProofItem = Verify['matched'][number]
type Secret = 'pin' | 'passphrase' | 'id-last4'

const seen: readonly ProofItem[] = ['account-number', 'service-address', 'name', 'phone', 'last-payment']
const callers = ['customer', 'authorized', 'other'] as const

/** What the records say, for the eye that compares; nothing where the customer is hidden from this reader. */
function useExpected(view: View | null): Partial<Record<ProofItem, string>> {
  const { strings, today } = useUi()
  if (view?.customer.visibility !== 'open') return {}
  const { account, customer, premise, lastPayment } = view
  return {
    'account-number': account.number,
    name: customer.name,
    ...(premise ? { 'service-address': premise.line } : {}),
    ...(customer.phones.length > 0 ? { phone: customer.phones.map(one => one.shown).join(', ') } : {}),
    ...(lastPayment
      ? {
          'last-payment': `${formatDollars(lastPayment.cents)} · ${formatDate(lastPayment.receivedOn, strings, { today, short: true })}`,
        }
      : {}),
  }
}

/** Who is calling, what they could prove, and so what may be said (PRV-010). */
export function CallerProof({ contact, view }: { contact: ContactInHand; view: View | null }) {
  const t = useWords('contacts')
  const mayVerify = useMay('customers.verify')
  const [isAsking, setAsking] = useState(contact.decision === null)
  const customerId = contact.customerId ?? view?.account.customerId ?? null
  if (customerId === null) return null
  if (!mayVerify) return <p className="cs-quiet">{t('proof.mayNotVerify')}</p>
  const { decision } = contact
  return (
    <div className="wb-proof">
      {decision && (
        <CallerDecision
          decision={decision}
          onAgain={decision.outcome !== 'unverified' && !isAsking ? () => setAsking(true) : null}
        />
      )}
      {(!decision || decision.outcome === 'unverified' || isAsking) && (
        <ProofForm
          contact={contact}
          view={view}
          customerId={customerId}
          onDone={isProven => setAsking(!isProven)}
        />
      )}
    </div>
  )
}

type FormProps = {
  contact: ContactInHand
  view: View | null
  customerId: NonNullable<ContactInHand['customerId']>
  onDone: (isProven: boolean) => void
}

function ProofForm({ contact, view, customerId, onDone }: FormProps) {
  const t = useWords('contacts')
  const keep = useKeepContact()
  const verify = useDo(contacts.verifyCaller)
  const expected = useExpected(view)
  const authorized = view?.customer.authorized.filter(one => one.state === 'in-force') ?? []
  const likely = contact.matches.find(match => match.authorizedId !== null)?.authorizedId ?? null
  const [caller, setCaller] = useState<Verify['caller']>(likely ? 'authorized' : 'customer')
  const [who, setWho] = useState<string | null>(likely ? String(likely) : null)
  const [name, setName] = useState(contact.callerName ?? '')
  const [ticks, setTicks] = useState<Partial<Record<ProofItem, Tick>>>(() => ticksOf(contact))
  const [said, setSaid] = useState<Partial<Record<Secret, string>>>({})
  const secrets = view?.customer.secrets ?? []
  const chosen = authorized.find(one => String(one.authorizedId) === who)
  const picked = (tick: Tick) => seen.filter(item => ticks[item] === tick)
  const submit = () =>
    verify.mutate(
      {
        contactId: contact.contactId,
        customerId,
        accountId: contact.accountId,
        caller,
        callerName: caller === 'authorized' ? (chosen?.name ?? null) : name.trim() || null,
        authorizedId: caller === 'authorized' ? (chosen?.authorizedId ?? null) : null,
        matched: picked('yes'),
        failed: picked('no'),
        pin: said.pin || null,
        passphrase: said.passphrase || null,
        idLast4: said['id-last4'] || null,
      },
      {
        onSuccess: answer => {
          setSaid({})
          keep(contact.contactId, answer)
          onDone(answer.decision !== null && answer.decision.outcome !== 'unverified')
        },
      },
    )
  return (
    <Form label={t('proof.title')} onSubmit={submit} error={verify.error?.message}>
      <SegmentedControl
        small
        label={t('proof.caller')}
        options={callers.map(id => ({ id, label: t(`proof.callers.${id}`) }))}
        value={caller}
        onChange={setCaller}
      />
      {caller === 'authorized' && (
        <Select
          label={t('proof.who')}
          hideLabel
          options={authorized.map(one => ({
            id: String(one.authorizedId),
            label: one.name,
            description: one.relation,
          }))}
          value={who}
          onChange={setWho}
        />
      )}
      {caller === 'other' && (
        <TextField label={t('proof.name')} name="callerName" optional value={name} onChange={setName} />
      )}
      {caller !== 'other' && (
        <ul className="wb-proof-items">
          {seen.map(item => (
            <ProofRow
              key={item}
              label={t(`proof.item.${item}`)}
              expected={expected[item] ?? null}
              tick={ticks[item] ?? null}
              onTick={tick => setTicks({ ...ticks, [item]: tick })}
            />
          ))}
        </ul>
      )}
      <div className="wb-proof-end">
        {caller !== 'other' &&
          secrets.map(secret => (
            <TextField
              key={secret}
              label={`${t(`proof.item.${secret}`)}, ${t('proof.said')}`}
              hideLabel
              placeholder={t(`proof.item.${secret}`)}
              type="password"
              optional
              value={said[secret] ?? ''}
              onChange={text => setSaid({ ...said, [secret]: text })}
            />
          ))}
        <Button type="submit" busy={verify.isPending}>
          {t('proof.check')}
        </Button>
      </div>
      {view?.customer.visibility === 'hidden' && <Alert tone="amber" title={t('proof.hidden')} />}
    </Form>
  )
}

/** A second round begins where the first one ended. */
function ticksOf({ decision }: ContactInHand): Partial<Record<ProofItem, Tick>> {
  if (!decision) return {}
  return Object.fromEntries([
    ...decision.proven.filter(item => seen.includes(item)).map(item => [item, 'yes']),
    ...decision.failed.filter(item => seen.includes(item)).map(item => [item, 'no']),
  ]) as Partial<Record<ProofItem, Tick>>
}
