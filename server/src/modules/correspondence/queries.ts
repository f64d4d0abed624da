import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../platform/context.ts'
import { type CustomerCard, getCustomerCard } from '../customers/index.ts'
import { getDistrict } from '../policy/index.ts'
import { type correspondence, letter as letterSchema } from './contract/index.ts'
import { errors, type Language, type Letter, type Rendered, renderLetter } from './domain/index.ts'
import * as store from './store.ts'

export type MessageRow = Output<typeof correspondence.send>
export type About = { readonly accountId: AccountId; readonly number: string; readonly card: CustomerCard }

export async function readAbout(ctx: Ctx, accountId: AccountId): Promise<About> {
  const holder = await store.findHolder(ctx.tx, accountId)
  if (!holder) throw refuse(errors, 'correspondence.no-account')
  return { accountId, number: holder.number, card: await getCustomerCard(ctx, holder.customerId) }
}

export const languageOf = ({ card }: About, wanted: Language | undefined): Language =>
  wanted ?? (card.language === 'es' ? 'es' : 'en')

/** Where mail goes: for a protected customer the substitute address only (PRV-019), else the address on file. */
export function mailOf({ card }: About): { lines: string[]; isSubstitute: boolean } | null {
  if (card.visibility !== 'open') return null
  if (card.protection) {
    const { substituteAddress } = card.protection
    return substituteAddress ? { lines: substituteAddress.split('\n'), isSubstitute: true } : null
  }
  const { mailing } = card
  if (!mailing || mailing.returnedOn) return null
  const { line1, line2, city, state, zip } = mailing
  return { lines: [line1, ...(line2 ? [line2] : []), `${city}, ${state} ${zip}`], isSubstitute: false }
}

/** An e-mail shows the end of the account's number only: it passes many hands. */
const accountText = (number: string, isLetter: boolean): string =>
  isLetter ? number : `…${number.slice(-4)}`

export async function renderFor(
  ctx: Ctx,
  about: About,
  message: { letter: Letter; language: Language; address: readonly string[] },
): Promise<Rendered> {
  const { letter, language, address } = message
  const isLetter = address.length > 0
  return renderLetter(letter, language, {
    addressee: {
      customer: about.card.name,
      account: accountText(about.number, isLetter),
      address: isLetter ? [about.card.name, ...address] : [],
    },
    district: await getDistrict(ctx),
    today: ctx.today,
  })
}

export async function preview(
  ctx: Ctx,
  { accountId, language, letter }: Input<typeof correspondence.preview>,
): Promise<Output<typeof correspondence.preview>> {
  const about = await readAbout(ctx, accountId)
  return renderFor(ctx, about, { letter, language: languageOf(about, language), address: [] })
}

export async function listAddresses(
  ctx: Ctx,
  { accountId }: Input<typeof correspondence.listAddresses>,
): Promise<Output<typeof correspondence.listAddresses>> {
  const about = await readAbout(ctx, accountId)
  const { card } = about
  return {
    language: languageOf(about, undefined),
    isProtected: card.protection !== null,
    emails: card.emails.map(({ emailId, address }) => ({ emailId, shown: address })),
    mail: mailOf(about),
  }
}

/** The letter a message was made of, for departments whose figures stand in it; null for none, or an older shape. */
export async function getLetter(ctx: Ctx, messageId: store.MessageId): Promise<Letter | null> {
  const found = await store.findData(ctx.tx, messageId)
  const parsed = found && letterSchema.safeParse(found)
  return parsed?.success ? parsed.data : null
}

const masked = '(protected)'

export function rowOf(message: store.Message, isOpen: boolean): MessageRow {
  const { customerId: _, createdById, createdByName, sentTo, ...row } = message
  return {
    ...row,
    sentTo: isOpen ? sentTo : masked,
    createdBy: { personId: createdById, name: createdByName },
  }
}

export async function listMessages(
  ctx: Ctx,
  { accountId }: Input<typeof correspondence.listMessages>,
): Promise<Output<typeof correspondence.listMessages>> {
  const messages = await store.listMessages(ctx.tx, accountId)
  if (messages.length === 0) return []
  const isOpen = await isOpenTo(ctx, messages[0]!)
  return messages.map(message => rowOf(message, isOpen))
}

/** May the actor read what stands in this message? Not when its customer is protected and not opened. */
export async function isOpenTo(ctx: Ctx, { customerId }: store.Message): Promise<boolean> {
  return customerId === null || (await getCustomerCard(ctx, customerId)).visibility === 'open'
}

export async function getMessage(
  ctx: Ctx,
  { messageId }: Input<typeof correspondence.getMessage>,
): Promise<Output<typeof correspondence.getMessage>> {
  const message = await store.findMessage(ctx.tx, messageId)
  if (!message) throw refuse(errors, 'correspondence.no-message')
  if (!(await isOpenTo(ctx, message))) throw refuse(errors, 'correspondence.protected-address')
  const { text, html } = await store.getBody(ctx.tx, messageId)
  const deliveries = await store.listDeliveries(ctx.tx, messageId)
  return { message: rowOf(message, true), text, html, deliveries }
}
