/**
 * One server for all browser journeys: the district of the README in small, with a mail server that keeps what is sent.
 * Journeys move among different homes, so that none stumbles over what another did.
 */
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { openMailSink } from './mail-sink.ts'
import { startServer } from './server.ts'

export type JourneyServer = { readonly url: string; readonly dataDir: string; readonly mailFolder: string }

declare module 'vitest' {
  interface ProvidedContext {
    journeyServer: JourneyServer
  }
}

export const journeyServer = (): JourneyServer => inject('journeyServer')

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mail = await openMailSink()
  const server = await startServer({ accounts: 150, env: { SMTP_URL: mail.url } })
  project.provide('journeyServer', { url: server.url, dataDir: server.dataDir, mailFolder: mail.folder })
  return async () => {
    const complaints = server
      .output()
      .split('\n')
      .filter(line => /"level":"(warn|error|fatal)"/.test(line))
    if (complaints.length > 0) console.error(`The server complained:\n${complaints.join('\n')}`)
    await server.stop()
    await mail.close()
  }
}
