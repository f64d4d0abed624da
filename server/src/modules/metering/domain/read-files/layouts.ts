/**
 * The published layouts, as presets. Sources: Sensus AutoRead manual p. 10 and appendix B; SmartFusion "Handheld
 * Types" (Radix type A, Sensus with notes type 3); Neptune interface notes (Equinox, EZRoute); MV-RS tags from a
 * published converter. A district's own interface document goes before any of them: give it as a layout.
 */
import type { ReadFileFormat } from './kinds.ts'
import type { FieldPlace, Layout } from './layout-kinds.ts'

const text = (from: number, to: number): FieldPlace => ({ from, to })
const zeros = (from: number, to: number): FieldPlace => ({ from, to, pad: 'left', fill: '0' })
const number = (from: number, to: number): FieldPlace => ({ from, to, pad: 'left' })
const date = (from: number, to: number, picture: string): FieldPlace => ({ from, to, picture })

/** Positions are printed as start/length in the manual. */
export const autoreadRoute: Layout = {
  name: 'autoread',
  length: 155,
  outgoing: true,
  records: [
    {
      is: 'reading',
      required: ['account', 'address', 'meterId', 'meterType'],
      fields: {
        address: text(1, 20),
        meterId: text(21, 28),
        account: text(29, 43),
        comment: text(44, 58),
        address2: text(59, 78),
        name: text(79, 103),
        meterType: { from: 104, to: 104, oneOf: ['W', 'G', 'E', 'P'] },
        previous: zeros(105, 114),
        low: zeros(115, 124),
        high: zeros(125, 134),
        radio: zeros(135, 144),
        radioType: { from: 145, to: 145, oneOf: ['B', 'C', ''] },
        meter: zeros(146, 155),
      },
    },
  ],
}

/** The return file is a field list that each utility picks; this is the list that Curbstop asks for. */
export const autoreadReturn: Layout = {
  name: 'autoread-return',
  length: 111,
  records: [
    {
      is: 'reading',
      required: ['account', 'meterId'],
      fields: {
        account: text(1, 15),
        meterId: text(16, 23),
        meter: text(24, 33),
        reading: zeros(34, 43),
        date: date(44, 51, 'MMDDYYYY'),
        time: text(52, 57),
        readCode: text(58, 58),
        skipCode: text(59, 60),
        note: text(61, 80),
        reader: text(81, 83),
        lat: text(84, 97),
        lng: text(98, 111),
      },
    },
  ],
}

export const radixTypeA: Layout = {
  name: 'radix',
  length: 36,
  records: [
    {
      is: 'reading',
      required: ['account', 'meter'],
      fields: {
        route: text(4, 6),
        account: text(7, 12),
        reading: text(14, 20),
        date: date(21, 26, 'MMDDYY'),
        meter: text(27, 36),
      },
    },
  ],
}

export const sensusNotesOut: Layout = {
  name: 'sensus-notes-out',
  length: 227,
  outgoing: true,
  records: [
    {
      is: 'reading',
      required: ['account', 'meter'],
      fields: {
        account: text(1, 12),
        address: text(13, 47),
        comment: text(48, 104),
        meter: text(106, 120),
        radioType: text(121, 121),
        radio: text(122, 134),
        readCode: { from: 135, to: 135, oneOf: ['M', ''] },
        name: text(136, 160),
        high: number(161, 169),
        previous: number(170, 178),
        route: zeros(179, 181),
        sequence: zeros(182, 187),
        rateType: text(188, 188),
        demand: text(189, 189),
        registerId: text(190, 199),
        lat: text(200, 210),
        lng: text(211, 221),
      },
    },
  ],
}

/** The date has no year: it is told by the day of the upload. */
export const sensusNotesBack: Layout = {
  name: 'sensus-notes',
  length: 91,
  records: [
    {
      is: 'reading',
      required: ['account', 'meter'],
      fields: {
        account: text(1, 12),
        meter: text(13, 27),
        readCode: text(43, 43),
        reading: number(44, 52),
        date: date(53, 56, 'MMDD'),
        note: text(57, 58),
        registerId: text(59, 68),
        lat: text(70, 80),
        lng: text(81, 91),
      },
    },
  ],
}

export const ezRoute: Layout = {
  name: 'ezroute',
  length: 508,
  records: [
    {
      is: 'reading',
      required: ['account', 'meter'],
      fields: {
        route: text(1, 8),
        sequence: text(15, 20),
        meter: text(29, 41),
        reading: number(69, 78),
        readCode: text(135, 135),
        date: date(136, 141, 'MMDDYY'),
        account: text(468, 477),
      },
    },
  ],
}

export const equinox: Layout = {
  name: 'equinox',
  length: 0,
  records: [
    {
      tag: 'COMHD',
      is: 'header',
      required: ['company', 'date'],
      fields: {
        company: text(6, 9),
        date: date(10, 17, 'YYYYMMDD'),
        companyName: text(18, 57),
        version: { from: 58, to: 58, oneOf: ['2', '1', ''] },
      },
    },
    { tag: 'RTEHD', is: 'route', fields: { date: date(24, 31, 'YYYYMMDD') } },
    { tag: 'PRMDT', is: 'customer', required: ['account'], fields: { account: text(104, 123) } },
    {
      tag: 'MTRDT',
      is: 'meter',
      required: ['meter'],
      fields: { sequence: text(6, 11), meter: text(38, 57) },
    },
    { tag: 'RDGDT', is: 'reading', fields: { dials: number(50, 51), reading: number(89, 98) } },
    { tag: 'ORDST', is: 'date', required: ['date'], fields: { date: date(6, 13, 'YYYYMMDD') } },
  ],
}

const fileTrailer = {
  tag: 'FTR',
  is: 'trailer',
  required: ['routes', 'customers', 'meters', 'reads'],
  fields: { routes: zeros(8, 10), customers: zeros(11, 16), meters: zeros(17, 22), reads: zeros(23, 28) },
} as const

/** Tags and nesting of MV-RS with positions of this project: see LAYOUTS.md beside the sample. */
export const mvrsOwn: Layout = {
  name: 'mvrs',
  length: 126,
  records: [
    { tag: 'FHD', is: 'header', fields: {} },
    { tag: 'CHD', is: 'ignored', fields: {} },
    { tag: 'CTR', is: 'ignored', fields: {} },
    {
      tag: 'RHD',
      is: 'route',
      required: ['route', 'customers', 'meters'],
      fields: { route: text(4, 11), customers: zeros(14, 21), meters: zeros(22, 25) },
    },
    {
      tag: 'CUS',
      is: 'customer',
      required: ['account'],
      fields: { route: text(4, 11), meters: zeros(12, 13), account: text(14, 33), address: text(34, 53) },
    },
    { tag: 'MTR', is: 'meter', required: ['meter'], fields: { route: text(4, 11), meter: text(46, 57) } },
    {
      tag: 'RDG',
      is: 'reading',
      fields: {
        route: text(4, 11),
        service: text(12, 12),
        reading: zeros(13, 22),
        dials: zeros(23, 24),
        date: date(25, 30, 'YYMMDD'),
        time: text(31, 34),
        reader: text(35, 36),
        skipCode: text(37, 40),
        account: text(41, 60),
        meter: text(61, 72),
        previous: zeros(73, 82),
      },
    },
    {
      tag: 'RTR',
      is: 'route-end',
      required: ['route', 'customers', 'meters'],
      fields: { route: text(4, 11), customers: zeros(14, 21), meters: zeros(22, 25) },
    },
    fileTrailer,
  ],
}

/** The upload side as a published converter reads it. */
export const mvrsConverter: Layout = {
  name: 'mvrs-converter',
  length: 126,
  records: [
    { tag: 'FHD', is: 'header', fields: {} },
    { tag: 'CHD', is: 'ignored', fields: {} },
    { tag: 'CTR', is: 'ignored', fields: {} },
    { tag: 'RHD', is: 'route', fields: { route: text(4, 11) } },
    { tag: 'CUS', is: 'customer', fields: {} },
    { tag: 'MTR', is: 'meter', required: ['meter'], fields: { meter: text(46, 57) } },
    {
      tag: 'RDG',
      is: 'reading',
      fields: {
        route: text(4, 11),
        reading: zeros(34, 43),
        date: date(48, 55, 'MMDDYYYY'),
        time: text(56, 61),
      },
    },
    { tag: 'RTR', is: 'route-end', fields: { route: text(4, 11) } },
    fileTrailer,
  ],
}

/** The layouts a file of this format may have; the first line and the first reading tell which one it is. */
export const presets: Readonly<Partial<Record<ReadFileFormat, readonly Layout[]>>> = {
  autoread: [autoreadRoute, autoreadReturn],
  mvrs: [mvrsOwn, mvrsConverter],
  equinox: [equinox],
  radix: [radixTypeA],
  'sensus-notes': [sensusNotesBack, sensusNotesOut],
  ezroute: [ezRoute],
}
