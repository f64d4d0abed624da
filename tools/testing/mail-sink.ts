/** A mail server that takes everything and keeps each message as a file, so that another process can read it. */
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type MailSink = { readonly url: string; readonly folder: string; close(): Promise<void> }
export type Mail = {
  readonly to: string[]
  readonly head: string
  readonly text: string
  readonly html: string
}

export async function openMailSink(): Promise<MailSink> {
  const folder = mkdtempSync(join(tmpdir(), 'curbstop-mail-'))
  let kept = 0
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    converse(socket, message => {
      kept += 1
      const name = join(folder, `${String(kept).padStart(5, '0')}.eml`)
      writeFileSync(`${name}.part`, message)
      renameSync(`${name}.part`, name) // a reader never sees half a message
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  return {
    url: `smtp://127.0.0.1:${port}`,
    folder,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(done => server.close(() => done()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** As much SMTP as a sender needs (RFC 5321): envelope, data with its dots doubled, end. */
function converse(socket: Socket, keep: (message: string) => void): void {
  let to: string[] = []
  let data: string[] | null = null
  let rest = ''
  const say = (line: string) => socket.write(`${line}\r\n`)
  const take = (line: string): unknown => {
    if (data && line !== '.') return data.push(line.replace(/^\./, ''))
    if (data) {
      keep(`X-Envelope-To: ${to.join(',')}\r\n${data.join('\r\n')}`)
      data = null
      to = []
      return say('250 kept')
    }
    const recipient = /^RCPT TO:<(.*?)>/i.exec(line)
    if (recipient) to.push(recipient[1]!)
    if (/^DATA/i.test(line)) {
      data = []
      return say('354 go on')
    }
    return /^QUIT/i.test(line) ? socket.end('221 bye\r\n') : say('250 ok')
  }
  socket.setEncoding('utf8')
  socket.on('error', () => undefined)
  say('220 sink')
  socket.on('data', chunk => {
    rest += chunk
    for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      take(line)
    }
  })
}

/** What has come so far, oldest first, as a person's mail program would show it. */
export function mailsIn(folder: string): Mail[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.eml'))
    .sort()
    .map(name => opened(readFileSync(join(folder, name), 'utf8')))
}

function opened(raw: string): Mail {
  const split = raw.indexOf('\r\n\r\n')
  const head = raw.slice(0, split).replace(/\r\n[ \t]+/g, ' ')
  return {
    to: /^X-Envelope-To: (.*)$/m.exec(head)?.[1]?.split(',') ?? [],
    head: head.replace(/=\?utf-8\?([qb])\?([^?]*)\?= */gi, (_, how: string, text: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : decoded(text.replace(/_/g, '=20'), 'quoted-printable'),
    ),
    text: partOf(raw, 'text/plain'),
    html: partOf(raw, 'text/html'),
  }
}

function partOf(raw: string, type: string): string {
  const at = raw.search(new RegExp(`^content-type: ${type}`, 'im'))
  if (at < 0) return ''
  const start = raw.indexOf('\r\n\r\n', at)
  const how = /^content-transfer-encoding: (\S+)/im.exec(raw.slice(at, start))?.[1] ?? '7bit'
  const end = raw.indexOf('\r\n--', start)
  return decoded(raw.slice(start + 4, end < 0 ? undefined : end), how.toLowerCase())
}

function decoded(text: string, how: string): string {
  if (how === 'base64') return Buffer.from(text, 'base64').toString('utf8')
  if (how !== 'quoted-printable') return text
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
