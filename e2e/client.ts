/** A person's program at the server's own door, without a browser: signs in, sends commands with keys of its own. */
import { samplePassword } from '../tools/sample-district/staff.ts'

export type Reply = { readonly status: number; readonly body: Record<string, unknown> }
export type Client = {
  /** Status 0: no answer came, and nobody knows what happened. */
  post(path: string, body: unknown, key?: string): Promise<Reply>
  get(path: string): Promise<Reply>
}

/** `url` is asked anew for every request: a restarted server stands at another port. */
export async function signedIn(url: () => string, login: string): Promise<Client> {
  let cookie = ''
  const send = async (path: string, init: RequestInit): Promise<Reply> => {
    try {
      const response = await fetch(`${url()}/api${path}`, {
        ...init,
        headers: { ...init.headers, cookie },
        signal: AbortSignal.timeout(10_000),
      })
      const set = response.headers.get('set-cookie')
      if (set) cookie = set.split(';')[0]!
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    } catch {
      return { status: 0, body: {} }
    }
  }
  const client: Client = {
    post: (path, body, key = crypto.randomUUID()) =>
      send(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
      }),
    get: path => send(path, { method: 'GET' }),
  }
  const { status } = await client.post('/staff/sign-in', { login, password: samplePassword })
  if (status !== 200) throw new Error(`${login} could not sign in (${status})`)
  return client
}
