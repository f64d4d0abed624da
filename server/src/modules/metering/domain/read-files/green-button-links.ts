/**
 * Which reading type and which usage point a block belongs to. Atom entries point at each other by links whose
 * addresses follow a tree (`…/UsagePoint/1/MeterReading/2/IntervalBlock/3`); some feeds nest the elements instead,
 * and some leave links out.
 */
export type ReadingType = {
  readonly line: number
  readonly unit: string
  readonly power: number
  readonly channel: 'interval' | 'register' | 'neither'
  readonly seconds: number | null
  readonly flow: 'forward' | 'reverse'
  readonly quality: string
  /** A sentence when the type cannot be used. */
  readonly fault: { readonly field: string; readonly message: string } | null
}

export type Links = { self: string; up: string; related: string[] }

/** Addresses without host and version, so that absolute and relative ones meet. */
export function plainHref(href: string): string {
  const path = href.trim().replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
  const at = path.indexOf('/resource/')
  return (at < 0 ? path : path.slice(at + 10)).replace(/^\/+|\/+$/g, '')
}

export type Directory = {
  addReadingType(href: string, type: ReadingType): void
  addMeterReading(links: Links): void
  addUsagePoint(href: string): void
  /** `later`: the type may still come. `unclear`: it cannot be told. */
  typeOf(block: Links, nested: ReadingType | null, isEnd: boolean): ReadingType | 'later' | 'unclear'
  usagePointOf(block: Links): string | null
  typeCount(): number
}

/** Addresses kept of one file; a feed of more meters than this is split by whoever sends it. */
const mostLinks = 500_000

export function directory(tooMany: () => Error): Directory {
  const types = new Map<string, ReadingType>()
  /** Address of a meter reading → address of its type, when it names one. */
  const typeOfMeterReading = new Map<string, string | null>()
  /** Whatever a meter reading points at → its own address. */
  const owners = new Map<string, string>()
  const usagePoints: string[] = []
  const guard = () => {
    if (types.size + typeOfMeterReading.size + owners.size + usagePoints.length > mostLinks) throw tooMany()
  }
  const meterReadingOf = (block: Links): string | null => {
    for (const href of [block.self, block.up]) {
      const parent = href.replace(/\/IntervalBlock(\/.*)?$/, '')
      if (parent !== href && typeOfMeterReading.has(parent)) return parent
      const owner = owners.get(href)
      if (owner) return owner
    }
    return null
  }
  return {
    addReadingType(href, type) {
      types.set(href || `#${types.size}`, type)
      guard()
    },
    addMeterReading(links) {
      const typeHref = links.related.find(href => /(^|\/)ReadingType\//.test(href)) ?? null
      typeOfMeterReading.set(links.self, typeHref)
      for (const href of links.related) if (href !== typeHref) owners.set(href, links.self)
      guard()
    },
    addUsagePoint(href) {
      usagePoints.push(href)
      guard()
    },
    typeOf(block, nested, isEnd) {
      if (nested) return nested
      const meterReading = meterReadingOf(block)
      const named = meterReading === null ? null : typeOfMeterReading.get(meterReading)
      const type = named ? types.get(named) : undefined
      if (type) return type
      if (!isEnd) return 'later'
      return types.size === 1 ? [...types.values()][0]! : 'unclear'
    },
    usagePointOf(block) {
      const paths = [meterReadingOf(block) ?? '', block.self, block.up]
      for (const path of paths) {
        const found = /^(.*?UsagePoint\/[^/]+)/.exec(path)
        if (found) return found[1]!
      }
      return usagePoints.length === 1 ? usagePoints[0]! : null
    },
    typeCount: () => types.size,
  }
}
