import type { ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import * as store from '../store/exceptions.ts'

export type BlockingRead = Awaited<ReturnType<typeof store.listBlocking>>[number]

/** Doubtful reads at these places that nobody has judged: a bill waits for them (VEE-021). */
export async function listBlocking(ctx: Ctx, points: readonly ServicePointId[]): Promise<BlockingRead[]> {
  return points.length === 0 ? [] : store.listBlocking(ctx.tx, points)
}
