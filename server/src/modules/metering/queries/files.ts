import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../platform/context.ts'
import type { metering } from '../contract/index.ts'
import { errors } from '../domain/errors.ts'
import * as store from '../store/read-files.ts'

type FileView = Output<typeof metering.listReadFiles>[number]

const viewOf = ({ fileId, counts, ...row }: store.ReadFileRow): FileView => ({
  readFileId: fileId,
  counts: counts as FileView['counts'],
  ...row,
})

export async function listReadFiles(ctx: Ctx): Promise<FileView[]> {
  return (await store.listFiles(ctx.tx, 100)).map(viewOf)
}

export async function getReadFile(
  ctx: Ctx,
  { readFileId }: Input<typeof metering.getReadFile>,
): Promise<Output<typeof metering.getReadFile>> {
  const row = await store.findFile(ctx.tx, readFileId)
  if (!row) throw refuse(errors, 'metering.no-file')
  return { ...viewOf(row), problems: await store.listProblems(ctx.tx, readFileId, 1_000) }
}
