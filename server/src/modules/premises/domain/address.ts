/** One way to write a service address, on screens, orders and letters. */

export type ServiceAddress = {
  houseNumber: string
  street: string
  unit: string | null
  city: string
  state: string
  zip: string
}

/** `line`: 118 Alder Ct, Unit 4 · `cityLine`: Las Palmas, CA 92000 · `full`: both. */
export function formatAddress(address: ServiceAddress): { line: string; cityLine: string; full: string } {
  const unit =
    address.unit &&
    (/^(unit|apt|ste|suite|bldg|spc|#)/i.test(address.unit) ? address.unit : `Unit ${address.unit}`)
  const line = [`${address.houseNumber} ${address.street}`, unit].filter(Boolean).join(', ')
  const cityLine = `${address.city}, ${address.state} ${address.zip}`
  return { line, cityLine, full: `${line}, ${cityLine}` }
}
