/** A handheld's upload in the MV-RS tags, and the list of reads that customers telephoned in. */
import type { LocalDate } from '@curbstop/kernel/dates'

export type Stop = {
  readonly book: string
  readonly account: string
  readonly address: string
  readonly meter: string
  readonly dials: number
  readonly on: LocalDate
  readonly reader: string
  readonly previous: bigint
  /** What was written down; null with a code: nobody could read it. */
  readonly value: bigint | null
  readonly skipCode: string | null
  readonly byCustomer: boolean
}

const zeros = (value: bigint | number, width: number): string => String(value).padStart(width, '0')
const blank = (text: string, width: number): string => text.slice(0, width).padEnd(width)
const record = (text: string): string => `${text.padEnd(126)}\r\n`

/** Positions of `mvrs` in metering's layouts; the counts of its trailers are proved by whoever reads it. */
export function handheldFile(stops: readonly Stop[]): string {
  const read = stops.filter(stop => !stop.byCustomer)
  const route = zeros(Number(stops[0]!.book.slice(1)), 8)
  const edge = (tag: string) => record(`${tag}${route}  ${zeros(read.length, 8)}${zeros(read.length, 4)}`)
  const counts = [zeros(1, 3), zeros(read.length, 6), zeros(read.length, 6), zeros(read.length, 6)]
  return [
    record('FHD'),
    edge('RHD'),
    ...read.map((stop, at) => recordsOf(stop, route, at)),
    edge('RTR'),
    record(`FTR    ${counts.join('')}`),
  ].join('')
}

function recordsOf(stop: Stop, route: string, at: number): string {
  const { account, address, meter, dials, on, reader, previous, value, skipCode } = stop
  const day = on.slice(2).replaceAll('-', '')
  const time = `${zeros(8 + Math.floor(at / 40), 2)}${zeros((at * 3) % 60, 2)}`
  return [
    record(`CUS${route}01${blank(account, 20)}${blank(address, 20)}`),
    record(`MTR${blank(route, 42)}${blank(meter, 12)}`),
    record(
      [
        `RDG${route}W`,
        value === null ? blank('', 10) : zeros(value, 10),
        zeros(dials, 2),
        value === null ? blank('', 10) : `${day}${time}`,
        blank(reader, 2),
        blank(skipCode ?? '', 4),
        blank(account, 20),
        blank(meter, 12),
        zeros(previous, 10),
      ].join(''),
    ),
  ].join('')
}

export function customerCsv(stops: readonly Stop[]): string {
  const rows = stops
    .filter(stop => stop.byCustomer && stop.value !== null)
    .map(stop => [stop.meter, stop.on, stop.value, 'customer', 'read over the telephone'].join(','))
  return ['meter,read_date,reading,quality,note', ...rows].join('\n').concat('\n')
}
