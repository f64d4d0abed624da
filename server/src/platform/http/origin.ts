/**
 * Who may speak to us. A page of another site may not act in a staff member's name (Origin, Sec-Fetch-Site), and a
 * name of somebody else's that was made to lead here (DNS rebinding: `Host: evil.example`) is not ours. An address in
 * figures cannot be rebound, so it is always let in.
 */
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { refuse } from '@curbstop/kernel/errors'
import type { FastifyRequest } from 'fastify'
import { errors } from './errors.ts'

export type Reach = { readonly host: string; readonly publicUrl: string | null }

const everyAddress = new Set(['0.0.0.0', '::'])

/** For an `onRequest` hook. Probes of health come from load balancers under any name. */
export function refuseStrangers({ host, publicUrl }: Reach): (request: FastifyRequest) => void {
  const published = publicUrl ? new URL(publicUrl) : null
  const ours = new Set(
    ['localhost', everyAddress.has(host) ? hostname() : host, published?.hostname ?? 'localhost'].map(name =>
      name.toLowerCase(),
    ),
  )
  return request => {
    if (request.url.startsWith('/health/')) return
    const { host: asked = '', origin } = request.headers
    const name = nameOf(asked)
    if (!ours.has(name) && isIP(name) === 0)
      throw refuse(errors, 'platform.unknown-host', { host: shown(asked) })
    if (request.method === 'GET' || request.method === 'HEAD') return
    const site = request.headers['sec-fetch-site']
    const isForeign =
      (origin && hostOf(origin) !== asked.toLowerCase() && origin !== published?.origin) ||
      (site && site !== 'same-origin' && site !== 'none')
    if (isForeign) throw refuse(errors, 'platform.foreign-origin')
  }
}

/** `[::1]:8080` → `::1`, `Desk.example.org.:8080` → `desk.example.org` */
function nameOf(host: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(host)
  return (bracketed?.[1] ?? host.replace(/:\d*$/, '').replace(/\.$/, '')).toLowerCase()
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}

const shown = (host: string): string => host.replace(/[^\w.:[\]-]/g, '?').slice(0, 100) || 'no name'
