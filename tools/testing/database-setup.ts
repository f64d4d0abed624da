/** Vitest's global setup of the `database` project: brings the cluster up before the first file, stops it after. */
import type { TestProject } from 'vitest/node'
import { startTestCluster } from './database.ts'

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, connection, template } = await startTestCluster()
  project.provide('cluster', { connection, template })
  return () => server.stop()
}
