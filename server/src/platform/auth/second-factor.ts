/** Time-based codes (RFC 6238: SHA-1, six digits, 30 s), one step of clock difference allowed either way. */
import { Secret, TOTP } from 'otpauth'

const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const

export type Enrolment = { readonly secret: string; readonly uri: string }

export function newSecret(issuer: string, label: string): Enrolment {
  const totp = new TOTP({ ...shape, issuer, label, secret: new Secret({ size: 20 }) })
  return { secret: totp.secret.base32, uri: totp.toString() }
}

/** The time step the code belongs to, or null when it is not right. A step is accepted once: keep it. */
export function stepOfCode(secret: string, code: string, at: Date): bigint | null {
  const totp = new TOTP({ ...shape, secret: Secret.fromBase32(secret) })
  const timestamp = at.getTime()
  const delta = totp.validate({ token: code, timestamp, window: 1 })
  return delta === null ? null : BigInt(Math.floor(timestamp / 30_000) + delta)
}
