/** What is being filled in for a start, stop or transfer, and when it is enough to be rehearsed. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { AccountId, CustomerId, PremiseId } from '@curbstop/kernel/ids'
import type { accounts, premises } from '@curbstop/server/contract/staff'
import {
  draftOf,
  emailsOf,
  newPhone,
  type PhoneDraft,
  phonesOf,
  type Draft as Row,
} from '../../customers/ReachFields.tsx'
import type { AccountHit } from '../AccountPicker.tsx'

export type Kind = 'start' | 'stop' | 'transfer'
export type OccupancyInput = Input<typeof accounts.changeOccupancy>
export type Situation = Output<typeof accounts.getOccupancy>
export type AccountCard = Output<typeof accounts.getAccountCard>
export type PremiseLine = Output<typeof premises.findPremises>[number]
type Transfer = Extract<OccupancyInput, { kind: 'transfer' }>
type HandOver = Transfer['handOver']

export type HandOverDraft = {
  how: HandOver['how']
  by: 'actual' | 'customer'
  readOn: LocalDate | null
  /** By service point and register: `12:1`. */
  values: Readonly<Record<string, string>>
  /** Places whose read metering would refuse, so that nothing half right is sent. */
  refused: Readonly<Record<string, boolean>>
  instructions: string
}

export type MoveDraft = {
  kind: Kind
  account: AccountHit | null
  fromPremiseId: PremiseId | null
  premise: PremiseLine | null
  onDate: LocalDate | null
  startOn: LocalDate | null
  askedBy: 'customer' | 'owner' | 'estate'
  vacancyProof: string
  afterStop: NonNullable<Transfer['afterStop']> | null
  priorEvidence: string
  gap: NonNullable<Transfer['gap']> | null
  handOver: HandOverDraft
  newHandOver: HandOverDraft
  who: 'new' | 'known'
  known: AccountHit | null
  /** Chosen from a warning that they are on file already. */
  knownCustomer: { customerId: CustomerId; says: string } | null
  customerKind: 'person' | 'firm'
  name: string
  language: 'en' | 'es' | 'zh' | 'tl' | 'vi' | 'ko'
  phones: readonly Row<PhoneDraft>[]
  emails: readonly Row<string>[]
  persons: number | null
  note: string
}

const handOverOf = (today: LocalDate | null): HandOverDraft => ({
  how: 'order',
  by: 'customer',
  readOn: today,
  values: {},
  refused: {},
  instructions: '',
})

export const emptyDraft = (kind: Kind, today: LocalDate | null): MoveDraft => ({
  kind,
  account: null,
  fromPremiseId: null,
  premise: null,
  onDate: today,
  startOn: today,
  askedBy: 'customer',
  vacancyProof: '',
  afterStop: null,
  priorEvidence: '',
  gap: null,
  handOver: handOverOf(today),
  newHandOver: handOverOf(today),
  who: 'new',
  known: null,
  knownCustomer: null,
  customerKind: 'person',
  name: '',
  language: 'en',
  phones: [draftOf(newPhone())],
  emails: [],
  persons: null,
  note: '',
})

/** What the server told about the draft so far. */
export type Known = {
  card: AccountCard | null
  customerId: CustomerId | null
  /** Where somebody starts. */
  situation: Situation | null
}

export type Missing =
  | 'account'
  | 'address'
  | 'fromAddress'
  | 'date'
  | 'prior'
  | 'gap'
  | 'read'
  | 'readRefused'
  | 'readOn'
  | 'who'
  | 'name'
  | 'loading'

/** The change as it would be sent, or the next thing that is missing. */
export function inputOf(draft: MoveDraft, known: Known): { input: OccupancyInput } | { missing: Missing } {
  const missing = whatIsMissing(draft, known)
  if (missing) return { missing }
  const note = draft.note.trim() ? { note: draft.note } : {}
  const handOver = sent(draft.handOver)
  if (draft.kind === 'start') {
    return {
      input: {
        kind: 'start',
        premiseId: draft.premise!.premiseId,
        onDate: draft.onDate!,
        who: whoOf(draft, known),
        handOver,
        ...decisions(draft, known.situation!),
        ...note,
      },
    }
  }
  const { accountId, version } = known.card!
  const after = draft.afterStop ? { afterStop: draft.afterStop } : {}
  const from = draft.fromPremiseId
  if (draft.kind === 'stop') {
    const proof = draft.vacancyProof.trim() ? { vacancyProof: draft.vacancyProof } : {}
    return {
      input: {
        kind: 'stop',
        accountId,
        version,
        onDate: draft.onDate!,
        askedBy: draft.askedBy,
        handOver,
        ...(from ? { premiseId: from } : {}),
        ...proof,
        ...after,
        ...note,
      },
    }
  }
  return {
    input: {
      kind: 'transfer',
      accountId,
      version,
      stopOn: draft.onDate!,
      handOver,
      toPremiseId: draft.premise!.premiseId,
      startOn: draft.startOn!,
      newHandOver: sent(draft.newHandOver),
      ...(from ? { fromPremiseId: from } : {}),
      ...after,
      ...decisions(draft, known.situation!),
      ...note,
    },
  }
}

function whatIsMissing(draft: MoveDraft, { card, situation, customerId }: Known): Missing | null {
  const starts = draft.kind !== 'stop'
  if (draft.kind !== 'start') {
    if (!draft.account) return 'account'
    if (!card) return 'loading'
    if (addressesOf(card).length > 1 && !draft.fromPremiseId) return 'fromAddress'
  }
  if (starts && !draft.premise) return 'address'
  if (!draft.onDate || (draft.kind === 'transfer' && !draft.startOn)) return 'date'
  if (starts && !situation) return 'loading'
  if (starts && situation?.decisions.includes('prior-stop') && draft.priorEvidence.trim().length < 3)
    return 'prior'
  if (starts && situation?.decisions.includes('gap') && !draft.gap) return 'gap'
  const read =
    missingRead(draft.handOver) ?? (draft.kind === 'transfer' ? missingRead(draft.newHandOver) : null)
  if (read) return read
  if (draft.kind !== 'start') return null
  if (draft.who === 'known') return customerId ? null : 'who'
  return draft.name.trim() ? null : 'name'
}

function missingRead(handOver: HandOverDraft): 'read' | 'readRefused' | 'readOn' | null {
  if (handOver.how !== 'read') return null
  if (!handOver.readOn) return 'readOn'
  const values = Object.values(handOver.values).filter(text => text.trim() !== '')
  if (values.length === 0 || !values.every(isDigits)) return 'read'
  return Object.values(handOver.refused).some(Boolean) ? 'readRefused' : null
}

export const isDigits = (text: string): boolean => /^\d{1,12}$/.test(text.trim())

/** Addresses at which an account is served now. */
export function addressesOf(card: AccountCard): readonly { premiseId: PremiseId; address: string }[] {
  const served = new Set(card.services.filter(one => one.toOn === null).map(one => one.premiseId))
  return card.tenures.filter(one => served.has(one.premiseId))
}

function sent(draft: HandOverDraft): HandOver {
  if (draft.how === 'estimate') return { how: 'estimate' }
  if (draft.how === 'order') return { how: 'order', instructions: draft.instructions }
  return {
    how: 'read',
    by: draft.by,
    readOn: draft.readOn!,
    reads: Object.entries(draft.values)
      .filter(([, text]) => isDigits(text))
      .map(([place, text]) => {
        const [point, register] = place.split(':') as [string, string]
        type Read = Extract<HandOver, { how: 'read' }>['reads'][number]
        return {
          servicePointId: BigInt(point) as Read['servicePointId'],
          registerNo: Number(register),
          value: BigInt(text.trim()),
        }
      }),
  }
}

function decisions(draft: MoveDraft, situation: Situation) {
  return {
    ...(situation.decisions.includes('prior-stop') ? { priorStop: { evidence: draft.priorEvidence } } : {}),
    ...(situation.decisions.includes('gap') && draft.gap ? { gap: draft.gap } : {}),
    ...(draft.persons === null ? {} : { persons: draft.persons }),
  }
}

function whoOf(draft: MoveDraft, known: Known): Extract<OccupancyInput, { kind: 'start' }>['who'] {
  if (draft.who === 'known') return { customerId: known.customerId! }
  return {
    newCustomer: {
      kind: draft.customerKind,
      name: draft.name,
      language: draft.language,
      phones: phonesOf(draft.phones),
      emails: emailsOf(draft.emails),
    },
  }
}

/** Another page may send a customer here with the account in hand; it is taken once. */
let wanted: { accountId: AccountId; kind: 'stop' | 'transfer' } | null = null
export function wantMove(next: NonNullable<typeof wanted>): void {
  wanted = next
}
export function takeWanted(): typeof wanted {
  const taken = wanted
  wanted = null
  return taken
}
