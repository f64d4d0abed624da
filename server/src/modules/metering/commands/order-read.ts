import { type Instant, localDateAt } from '@curbstop/kernel/dates'
import { DomainError } from '@curbstop/kernel/errors'
import type { OrderId, ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { readHistory } from '../queries.ts'
import { takeOnce } from './hand-over.ts'
import { pickInstallation } from './reads.ts'

/** What a completed service order brought home, as fieldwork tells it. */
export type OrderRead = {
  readonly orderId: OrderId
  readonly orderKind: string // TOFF, XFER, RRD …
  readonly servicePointId: ServicePointId | null
  readonly completedAt: Instant
  readonly readValue: bigint | null
  readonly meterSerialSeen: string | null
}

/** Orders whose read ends somebody's service. */
const finalKinds = ['TOFF', 'XFER']

/**
 * Takes the read of a completed order. Answers why it could not be taken, in a sentence for the desk, or null when it
 * was taken, was there already, or there is none. The meter seen must be the one on record: a read of another meter is
 * the beginning of a wrong bill.
 */
export async function takeOrderRead(ctx: Ctx, order: OrderRead): Promise<string | null> {
  const { readValue, servicePointId, meterSerialSeen, orderId, orderKind } = order
  if (readValue === null) return null
  if (servicePointId === null)
    return `The order names no service point, so its read ${readValue} has no meter.`
  const readOn = localDateAt(new Date(order.completedAt), ctx.timeZone)
  const { installations } = await readHistory(ctx, [servicePointId])
  const installation = pickInstallation(installations, readOn)
  if (!installation)
    return `No meter is on record at this service point, but the order brought the read ${readValue}.`
  const { serial, registers } = installation
  if (meterSerialSeen && !sameSerial(meterSerialSeen, serial))
    return `The meter seen was ${meterSerialSeen}; on record is ${serial}. The read ${readValue} was not taken: is it the right address, or was the meter exchanged?`
  if (registers.length > 1)
    return `Meter ${serial} has ${registers.length} registers, and the order brought one value, ${readValue}. Enter the read of each.`
  const kind = finalKinds.includes(orderKind) ? 'final' : 'actual'
  const values = [{ registerNo: registers[0]!.registerNo, value: readValue }]
  try {
    await takeOnce(ctx, servicePointId, { readOn, values, kind, source: 'field-order', orderId })
    return null
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
  }
}

/** As people copy a plate: capitals, spaces, dashes and leading zeros aside. */
function sameSerial(seen: string, onRecord: string): boolean {
  const plain = (text: string) =>
    text
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .replace(/^0+/, '')
  return plain(seen) === plain(onRecord)
}
