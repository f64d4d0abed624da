/** The district's mail server, by SMTP. Never spoken to inside a transaction. */
import { createTransport } from 'nodemailer'

export type Email = {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Stable: a message that was sent twice after a crash is recognised as one. */
  readonly messageId: string
}

export type Sent =
  | { readonly outcome: 'sent' }
  /** `again` is worth another try: the server did not answer, or said "not now". `why` holds no private fact. */
  | { readonly outcome: 'refused' | 'again'; readonly why: string }

const patienceMillis = 20_000

function transportOf(smtpUrl: string) {
  const url = new URL(smtpUrl)
  const secure = url.protocol === 'smtps:'
  const user = decodeURIComponent(url.username)
  return createTransport({
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    ...(user ? { auth: { user, pass: decodeURIComponent(url.password) } } : {}),
    connectionTimeout: patienceMillis,
    greetingTimeout: patienceMillis,
    socketTimeout: patienceMillis,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

export async function sendEmail(smtpUrl: string, email: Email): Promise<Sent> {
  const transport = transportOf(smtpUrl)
  try {
    await transport.sendMail({ ...email, headers: { 'Auto-Submitted': 'auto-generated' } })
    return { outcome: 'sent' }
  } catch (error) {
    return explain(error)
  } finally {
    transport.close()
  }
}

/** A server's own text may repeat the address, so only its code is kept. */
function explain(error: unknown): Sent {
  const { code = '', responseCode } = error as { code?: string; responseCode?: number }
  if (responseCode && responseCode >= 500) {
    return { outcome: 'refused', why: `The mail server refused the message for good (code ${responseCode}).` }
  }
  if (code === 'EENVELOPE' && !responseCode) {
    return { outcome: 'refused', why: 'The address is not one that mail can be sent to.' }
  }
  const why = responseCode
    ? `said "not now" (code ${responseCode})`
    : `did not answer (${code || 'no reason given'})`
  return { outcome: 'again', why: `The mail server ${why}.` }
}
