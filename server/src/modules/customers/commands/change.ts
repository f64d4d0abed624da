import { formatInstant } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { CustomerId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { refuseOwn } from '../../staff/index.ts'
import type { customers } from '../contract.ts'
import { checkEmails, checkName, checkPhones, differenceOf, type PhoneEntry } from '../domain/card.ts'
import { errors } from '../domain/errors.ts'
import { formatPhone } from '../domain/phones.ts'
import { type CustomerCard, getCustomerCard, readCard } from '../queries.ts'
import type { CardRow } from '../store/cards.ts'
import * as store from '../store/changes.ts'

/** The customer, held until the end of the transaction. Throws unknown, staff.own-account (AUTH-023). */
export async function lockCustomer(ctx: Ctx, customerId: CustomerId): Promise<void> {
  if (!(await store.lockCustomer(ctx.tx, customerId))) throw refuse(errors, 'customers.unknown')
  await refuseOwn(ctx, [customerId])
}

/** A card that is open to the asking person, locked against the next one. Throws as above, and sealed. */
export async function lockOpenCard(ctx: Ctx, customerId: CustomerId): Promise<CardRow> {
  await lockCustomer(ctx, customerId)
  const { row, visibility } = await readCard(ctx, customerId)
  if (visibility !== 'open') throw refuse(errors, 'customers.sealed')
  return row
}

/** Whom the news is about, and whose deed it was when: listeners review Assistants' work by it (AUTH-027). */
export const by = (ctx: Ctx, customer: CustomerId) => ({ customer, by: ctx.actor.personId, at: ctx.now })

/** Counts the version up, or says who changed what in the meantime. */
export async function stepVersion(
  ctx: Ctx,
  row: CardRow,
  step: { version: number; what: string },
): Promise<void> {
  const { customerId } = row
  const isFirst = await store.updateVersion(ctx.tx, { customerId, personId: ctx.actor.personId, ...step })
  if (isFirst) return
  throw refuse(errors, 'customers.changed-meanwhile', {
    who: row.changedBy ?? 'Somebody',
    what: row.changedWhat ?? 'the card',
    when: row.changedAt ? formatInstant(row.changedAt, ctx.timeZone, ctx.today) : 'just now',
  })
}

export async function makeCustomer(
  ctx: Ctx,
  input: Input<typeof customers.makeCustomer>,
): Promise<CustomerCard> {
  const name = checkName(input.name, 'name')
  const phones = checkPhones(input.phones)
  const emails = checkEmails(input.emails)
  const from = ctx.today
  const customerId = await store.insertCustomer(ctx.tx, {
    kind: input.kind,
    name,
    givenName: input.givenName ?? null,
    familyName: input.familyName ?? null,
    language: input.language,
    since: from,
  })
  for (const phone of phones) await store.insertPhone(ctx.tx, customerId, { ...phone, from })
  for (const address of emails) await store.insertEmail(ctx.tx, customerId, { address, from })
  if (input.mailing)
    await store.insertMailing(ctx.tx, customerId, {
      ...input.mailing,
      line2: input.mailing.line2 || null,
      from,
    })
  ctx.audit({
    subject: `customer:${customerId}`,
    after: { name, kind: input.kind, language: input.language },
  })
  ctx.tell({ name: 'customers.customer-made', subject: { customer: customerId } })
  return getCustomerCard(ctx, customerId)
}

type ChangeInput = Input<typeof customers.changeCustomer>
type Change = { what: string; before: unknown; after: unknown; write(): Promise<void> }

export async function changeCustomer(ctx: Ctx, input: ChangeInput): Promise<CustomerCard> {
  const row = await lockOpenCard(ctx, input.customerId)
  const changes = [
    nameChange(ctx, row, input),
    languageChange(ctx, row, input),
    phonesChange(ctx, row, input),
    emailsChange(ctx, row, input),
    mailingChange(ctx, row, input),
  ].filter(change => change !== null)
  if (changes.length === 0 && row.version === input.version) throw refuse(errors, 'customers.nothing-changed')
  await stepVersion(ctx, row, { version: input.version, what: changes.map(change => change.what).join(', ') })
  for (const change of changes) await change.write()
  // The trail of a protected customer says what changed, never from and to what (reliability: P3).
  const kept = (side: 'before' | 'after') =>
    Object.fromEntries(changes.map(change => [change.what, row.protection ? 'protected' : change[side]]))
  ctx.audit({
    subject: `customer:${input.customerId}`,
    reason: input.reason,
    before: kept('before'),
    after: kept('after'),
  })
  ctx.tell({ name: 'customers.customer-changed', subject: by(ctx, input.customerId) })
  return getCustomerCard(ctx, input.customerId)
}

function nameChange(ctx: Ctx, row: CardRow, input: ChangeInput): Change | null {
  const name = input.name === undefined ? row.name : checkName(input.name, 'name')
  const isRenamed = name !== row.name
  // a new name with no parts given has none: the old parts belong to the old name
  const part = (given: string | null | undefined, old: string | null) =>
    given === undefined ? (isRenamed ? null : old) : given
  const next = {
    name,
    givenName: part(input.givenName, row.givenName),
    familyName: part(input.familyName, row.familyName),
  }
  if (!isRenamed && next.givenName === row.givenName && next.familyName === row.familyName) return null
  const { customerId } = row
  return {
    what: 'name',
    before: row.name,
    after: next.name,
    async write() {
      if (isRenamed)
        await store.insertFormerName(ctx.tx, {
          ...row,
          customerId,
          until: ctx.today,
          personId: ctx.actor.personId,
        })
      await store.updateName(ctx.tx, customerId, next)
    },
  }
}

function languageChange(ctx: Ctx, row: CardRow, { language }: ChangeInput): Change | null {
  if (language === undefined || language === row.language) return null
  return {
    what: 'language',
    before: row.language,
    after: language,
    write: () => store.updateLanguage(ctx.tx, row.customerId, language),
  }
}

function phonesChange(ctx: Ctx, row: CardRow, input: ChangeInput): Change | null {
  if (input.phones === undefined) return null
  const next = checkPhones(input.phones)
  const isSame = (a: PhoneEntry, b: PhoneEntry) =>
    a.e164 === b.e164 && a.extension === b.extension && a.kind === b.kind && a.mayText === b.mayText
  const { ends, begins } = differenceOf(row.phones, next, isSame)
  if (ends.length + begins.length === 0) return null
  const shown = (list: readonly PhoneEntry[]) =>
    list.map(one => `${formatPhone(one.e164, one.extension)} ${one.kind}${one.mayText ? ' may text' : ''}`)
  return {
    what: 'phones',
    before: shown(row.phones),
    after: shown(next),
    async write() {
      const ids = ends.map(one => one.phoneId)
      await store.updatePhonesEnded(ctx.tx, row.customerId, { ids, on: ctx.today })
      for (const one of begins) await store.insertPhone(ctx.tx, row.customerId, { ...one, from: ctx.today })
    },
  }
}

function emailsChange(ctx: Ctx, row: CardRow, input: ChangeInput): Change | null {
  if (input.emails === undefined) return null
  const next = checkEmails(input.emails)
  const { ends, begins } = differenceOf(row.emails, next, (a, b) => a.address === b)
  if (ends.length + begins.length === 0) return null
  return {
    what: 'e-mails',
    before: row.emails.map(one => one.address),
    after: next,
    async write() {
      const ids = ends.map(one => one.emailId)
      await store.updateEmailsEnded(ctx.tx, row.customerId, { ids, on: ctx.today })
      for (const address of begins)
        await store.insertEmail(ctx.tx, row.customerId, { address, from: ctx.today })
    },
  }
}

function mailingChange(ctx: Ctx, row: CardRow, { mailing }: ChangeInput): Change | null {
  if (mailing === undefined) return null
  const next = mailing && { ...mailing, line2: mailing.line2 || null }
  if (oneLine(row.mailing) === oneLine(next)) return null
  return {
    what: 'mailing address',
    before: oneLine(row.mailing),
    after: oneLine(next),
    async write() {
      await store.updateMailingEnded(ctx.tx, row.customerId, ctx.today)
      if (next) await store.insertMailing(ctx.tx, row.customerId, { ...next, from: ctx.today })
    },
  }
}

function oneLine(mailing: store.Mailing | null): string | null {
  if (!mailing) return null
  const { line1, line2, city, state, zip } = mailing
  return `${[line1, line2, city].filter(Boolean).join(', ')}, ${state} ${zip}`
}

export async function markMailReturned(
  ctx: Ctx,
  input: Input<typeof customers.markMailReturned>,
): Promise<CustomerCard> {
  const row = await lockOpenCard(ctx, input.customerId)
  if (!row.mailing) throw refuse(errors, 'customers.no-mailing')
  if (input.on > ctx.today) throw refuse(errors, 'customers.date-ahead', {}, 'on')
  await stepVersion(ctx, row, { version: input.version, what: 'mail came back' })
  await store.updateMailReturned(ctx.tx, input.customerId, input.on)
  ctx.audit({
    subject: `customer:${input.customerId}`,
    reason: input.reason,
    before: { returnedOn: row.mailing.returnedOn },
    after: { returnedOn: input.on },
  })
  ctx.tell({ name: 'customers.mail-returned', subject: by(ctx, input.customerId) })
  return getCustomerCard(ctx, input.customerId)
}
