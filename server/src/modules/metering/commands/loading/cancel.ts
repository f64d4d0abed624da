import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../../platform/context.ts'
import type { metering } from '../../contract/index.ts'
import { errors } from '../../domain/errors.ts'
import * as store from '../../store/read-files.ts'

/** Asks the loading to stop; it hears within a second and nothing of the file is kept. */
export async function cancelReadFile(
  ctx: Ctx,
  { readFileId }: Input<typeof metering.cancelReadFile>,
): Promise<Output<typeof metering.cancelReadFile>> {
  const file = await store.findFile(ctx.tx, readFileId)
  if (!file) throw refuse(errors, 'metering.no-file')
  if (!(await store.askCancel(ctx.tx, readFileId, ctx.actor.personId)))
    throw refuse(errors, 'metering.file-ended')
  ctx.audit({ subject: `read-file:${readFileId}`, after: { cancelAsked: true } })
  return { readFileId }
}
