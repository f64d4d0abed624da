/** Phone numbers as people type them and as machines call them (E.164). */
import { parsePhoneNumberFromString } from 'libphonenumber-js'

export type ParsedPhone = { e164: string; extension: string | null }

/** '(619) 555-0134 x12' → { e164: '+16195550134', extension: '12' }; null when nobody could call it. */
export function parsePhone(text: string): ParsedPhone | null {
  const phone = parsePhoneNumberFromString(text, 'US')
  if (
    !phone?.isPossible() ||
    (phone.countryCallingCode === '1' && !/^[2-9]\d{9}$/.test(phone.nationalNumber))
  )
    return null
  const extension = phone.ext ? String(phone.ext) : null
  return extension && !/^\d{1,8}$/.test(extension) ? null : { e164: phone.number, extension }
}

/** '+16195550134' → '(619) 555-0134'; numbers abroad keep their country: '+52 55 1234 5678'. */
export function formatPhone(e164: string, extension: string | null = null): string {
  const phone = parsePhoneNumberFromString(e164)
  const shown = !phone
    ? e164
    : phone.countryCallingCode === '1'
      ? phone.formatNational()
      : phone.formatInternational()
  return extension ? `${shown} x${extension}` : shown
}
