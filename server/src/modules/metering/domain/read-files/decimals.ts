/** Numbers of meter files are decimal text and stay exact: no binary fractions, and nothing guessed. */

/**
 * Canonical text of a number (`007.50` → `7.5`, `+3` → `3`, `1.2E3` → `1200`, `1,234.5` → `1234.5`); null when the
 * text is not a number that can be read in one way only.
 */
export function exactDecimal(text: string): string | null {
  const length = text.length
  // Whole numbers without decoration are nearly all of them.
  if (length > 0 && length <= 15 && isPlainWhole(text)) return text
  const trimmed = text.trim()
  if (trimmed.length === 0 || trimmed.length > 40) return null
  const match = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/.exec(trimmed)
  if (!match) return null
  const whole = (match[2] ?? '').replaceAll(',', '')
  const fraction = match[3] ?? ''
  if (whole === '' && fraction === '') return null
  return assembled(match[1] === '-', whole + fraction, fraction.length - Number(match[4] ?? 0))
}

function isPlainWhole(text: string): boolean {
  const lead = text.charCodeAt(0)
  if (lead === 48) return text.length === 1
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}

/** Text of `digits` × 10^-`scale`. */
function assembled(negative: boolean, digits: string, scale: number): string {
  let all = digits
  let places = scale
  if (places < 0) {
    all += '0'.repeat(-places)
    places = 0
  }
  if (all.length <= places) all = '0'.repeat(places - all.length + 1) + all
  const whole = all.slice(0, all.length - places).replace(/^0+(?=\d)/, '')
  const fraction = all.slice(all.length - places).replace(/0+$/, '')
  const text = fraction ? `${whole}.${fraction}` : whole
  return negative && text !== '0' ? `-${text}` : text
}

type Scaled = { readonly digits: bigint; readonly scale: number }

function scaledOf(text: string): Scaled {
  const dot = text.indexOf('.')
  if (dot < 0) return { digits: BigInt(text), scale: 0 }
  return { digits: BigInt(text.slice(0, dot) + text.slice(dot + 1)), scale: text.length - dot - 1 }
}

export function decimalText(digits: bigint, scale: number): string {
  const negative = digits < 0n
  return assembled(negative, (negative ? -digits : digits).toString(), scale)
}

/** Product of two canonical numbers. */
export function times(a: string, b: string): string {
  if (b === '1') return a
  const [x, y] = [scaledOf(a), scaledOf(b)]
  return decimalText(x.digits * y.digits, x.scale + y.scale)
}

/** `a` × 10^`power`. */
export function shifted(a: string, power: number): string {
  if (power === 0) return a
  const { digits, scale } = scaledOf(a)
  return power < scale
    ? decimalText(digits, scale - power)
    : decimalText(digits * 10n ** BigInt(power - scale), 0)
}

export function minus(a: string, b: string): string {
  const [x, y] = [scaledOf(a), scaledOf(b)]
  const scale = Math.max(x.scale, y.scale)
  const raised = (n: Scaled) => n.digits * 10n ** BigInt(scale - n.scale)
  return decimalText(raised(x) - raised(y), scale)
}

/** Adds canonical numbers exactly; machine integers while they are exact, big ones from there on. */
export type ExactSum = { add(value: string): void; text(): string }

export function exactSum(): ExactSum {
  const small: number[] = []
  let big = 0n
  let bigScale = 0
  const addBig = (digits: bigint, scale: number) => {
    if (scale > bigScale) {
      big *= 10n ** BigInt(scale - bigScale)
      bigScale = scale
    }
    big += digits * 10n ** BigInt(bigScale - scale)
  }
  const add = (value: string): void => {
    const length = value.length
    if (length > 15) {
      const { digits, scale } = scaledOf(value)
      addBig(digits, scale)
      return
    }
    let at = value.charCodeAt(0) === 45 ? 1 : 0
    const sign = at === 1 ? -1 : 1
    let digits = 0
    let scale = 0
    for (; at < length; at++) {
      const code = value.charCodeAt(at)
      if (code === 46) scale = length - at - 1
      else digits = digits * 10 + code - 48
    }
    const sum = (small[scale] ?? 0) + sign * digits
    if (Number.isSafeInteger(sum)) {
      small[scale] = sum
      return
    }
    addBig(BigInt(small[scale] ?? 0), scale)
    small[scale] = sign * digits
  }
  const text = (): string => {
    small.forEach((sum, scale) => {
      addBig(BigInt(sum), scale)
    })
    small.length = 0
    return decimalText(big, bigScale)
  }
  return { add, text }
}
