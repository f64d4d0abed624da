/** Where the browser sends a large file in parts, before a duty takes it: signed in, and only one's own. */
import { refuse } from '@curbstop/kernel/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '../context.ts'
import type { Spool } from '../files/spool.ts'
import { errors } from './errors.ts'

/** One part; the workbench cuts a file into such. */
const partLimit = 8 * 1024 * 1024

export function addSpool(
  app: FastifyInstance,
  spool: Spool,
  whoIs: (request: FastifyRequest) => Promise<Actor>,
): void {
  const signedIn = async (request: FastifyRequest): Promise<Actor> => {
    const actor = await whoIs(request)
    if (actor.personId === 0n) throw refuse(errors, 'platform.signed-out')
    if (actor.mustChangePassword) throw refuse(errors, 'platform.password-first')
    return actor
  }
  app.register(async scope => {
    scope.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: partLimit },
      (_, body, done) => done(null, body),
    )
    scope.post('/api/spool', async (request, reply) => {
      const actor = await signedIn(request)
      return reply.header('cache-control', 'no-store').send({ spoolId: await spool.begin(actor.personId) })
    })
    scope.post('/api/spool/:spoolId', { bodyLimit: partLimit }, async (request, reply) => {
      const actor = await signedIn(request)
      const { spoolId } = request.params as { spoolId: string }
      const at = Number((request.query as { at?: string }).at)
      if (!Buffer.isBuffer(request.body) || !Number.isSafeInteger(at) || at < 0)
        throw refuse(errors, 'platform.not-json')
      const have = await spool.append({ spoolId, by: actor.personId, at, bytes: request.body })
      return reply.header('cache-control', 'no-store').send({ have })
    })
  })
}
