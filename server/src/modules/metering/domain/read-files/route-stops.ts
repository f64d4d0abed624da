/** What a route file tells the handheld about a meter that is to be read. */
export type RouteStop = {
  readonly route: string
  readonly sequence: string
  readonly account: string
  readonly name: string
  readonly address: string
  readonly address2?: string
  /** Where the meter is, what to mind: the reader's comment line. */
  readonly comment?: string
  /** Serial on the meter's plate. */
  readonly meter: string
  /** The district's own id of the meter, when its interface has one. */
  readonly meterId?: string
  readonly registerId?: string
  readonly dials: number | null
  /** Whole numbers as the dials show them. */
  readonly previous: string | null
  readonly low: string | null
  readonly high: string | null
  readonly radio?: string
  /** B RadioRead, C FlexNet. */
  readonly radioType?: string
  readonly lat?: string
  readonly lng?: string
}

export type RouteHeading = {
  /** Code and name of the district in the interface. */
  readonly company: string
  readonly companyName: string
  /** `YYYY-MM-DD`: the day the route is to be read. */
  readonly on: string
}

/** Handhelds know the letters of a typewriter. */
export function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[‘’`´]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[–—]/g, '-')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
}
