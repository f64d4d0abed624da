/** The session token travels in a `__Host-` cookie only: no script reads it, no other site sends it. */
import type { FastifyReply, FastifyRequest } from 'fastify'

const name = '__Host-curbstop'

export function sessionToken(request: FastifyRequest): string | null {
  const token = request.cookies[name]
  return token && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null
}

export function setSessionCookie(reply: FastifyReply, token: string, expires: Date): void {
  reply.setCookie(name, token, { path: '/', httpOnly: true, secure: true, sameSite: 'lax', expires })
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(name, { path: '/', httpOnly: true, secure: true, sameSite: 'lax' })
}
