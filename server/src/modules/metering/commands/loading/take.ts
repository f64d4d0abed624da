/** A file that somebody uploaded, handed to the night shift: the command asks, the job loads. */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { DomainError, refuse } from '@curbstop/kernel/errors'
import { asId, type PersonId } from '@curbstop/kernel/ids'
import { z } from 'zod'
import type { Ctx } from '../../../../platform/context.ts'
import type { JobHand } from '../../../../platform/module.ts'
import { metering } from '../../contract/index.ts'
import { errors } from '../../domain/errors.ts'
import { isZone, type ReadFileOptions } from '../../domain/read-files/index.ts'
import { loadFile } from './file.ts'

type Asked = Input<typeof metering.takeReadFile>

export async function takeReadFile(ctx: Ctx, asked: Asked): Promise<Output<typeof metering.takeReadFile>> {
  const { spoolId, format, name, zone } = asked
  if (!spoolId.startsWith(`${ctx.actor.personId}-`)) throw refuse(errors, 'metering.no-file')
  if (zone !== undefined && !isZone(zone)) throw refuse(errors, 'metering.no-zone', { zone }, 'zone')
  ctx.audit({ subject: `upload:${spoolId}`, after: { format, name } })
  ctx.tell({
    name: 'metering.file-received',
    subject: { spoolId, by: ctx.actor.personId, asked: JSON.stringify(asked) },
  })
  return { queued: true }
}

/** A refusal is kept with the file, for the person who looks; trying again would not change it. */
export async function loadTaken(hand: JobHand, payload: Record<string, unknown>): Promise<void> {
  const { spool } = hand
  if (!spool) throw new Error('a server without a spool cannot load uploads')
  const asked = z.parse(metering.takeReadFile.input, JSON.parse(String(payload.asked)))
  const { spoolId, format, name, strict } = asked
  const by: PersonId = asId<'person'>(String(payload.by))
  try {
    await loadFile(hand, {
      name,
      format,
      options: optionsOf(asked),
      open: () => spool.open(spoolId),
      by,
      strict,
    })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
  }
  await spool.remove(spoolId)
}

function optionsOf({ zone, on, mapping }: Asked): ReadFileOptions {
  return {
    ...(zone ? { zone } : {}),
    ...(on ? { on } : {}),
    ...(mapping ? { mapping: mapping as never } : {}),
  }
}
