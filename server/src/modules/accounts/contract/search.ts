/** Search as you type. */
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'

export const searchField = z.enum(['number', 'old-number', 'phone', 'meter', 'email', 'name', 'address'])

export const searchHit = z.object({
  accountId: idCodec<'account'>(),
  number: z.string(),
  name: z.string(),
  address: z.string(),
  isClosed: z.boolean(),
  /** Found by its exact number only; name and address are hidden from this reader (PRV-019). */
  isMasked: z.boolean(),
  /** What of the query was found where: `{ field: 'phone', text: '(951) 555-0142' }`, best first. */
  matched: z.array(z.object({ field: searchField, text: z.string() })),
  how: z.enum(['exact', 'prefix', 'words', 'part', 'spelling']),
})

export const searchAnswer = z.object({
  hits: z.array(searchHit),
  /** There are more than shown: type more. */
  more: z.boolean(),
})
