/** What a reader writes who exchanges two digits side by side: the pair that makes the read highest, within reason. */
export function exchangeDigits(believed: number): number {
  const digits = Math.floor(believed).toString()
  const written = [1, 2, 3].map(at => {
    const cut = digits.length - at - 2
    return Number(digits.slice(0, cut) + digits[cut + 1] + digits[cut] + digits.slice(cut + 2))
  })
  return Math.max(...written.filter(value => value < believed + 10_000))
}
