/**
 * Account numbers: eight or more digits, the last one a check digit (Damm), which catches every single wrong digit
 * and every swap of neighbours, so that a misheard number is refused instead of finding somebody else.
 */
import { foldDigits } from '@curbstop/kernel/fold'

const damm = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const

function checkDigit(digits: string): string {
  let interim = '0'
  for (const digit of digits) interim = damm[Number(interim)]![Number(digit)]!
  return interim
}

const smallest = 1_000_000n

/** The number of an account by its id. A later `attempt` avoids a number that an old system has used already. */
export function accountNumber(accountId: bigint, attempt = 0): string {
  const digits = `${smallest + accountId + BigInt(attempt) * 10_000_000_000n}`
  return digits + checkDigit(digits)
}

/** False for a number that was never ours: one digit misheard or two swapped. */
export function isAccountNumber(text: string): boolean {
  const digits = foldDigits(text)
  return digits.length >= 8 && checkDigit(digits.slice(0, -1)) === digits.at(-1)
}
