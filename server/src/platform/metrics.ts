/** Prometheus figures of the server, served on a private port: no label ever holds a private fact. */
import { createServer, type Server } from 'node:http'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = {
  observeRequest(seen: { method: string; route: string; status: number; ms: number }): void
  watchPool(name: string, counts: () => { total: number; idle: number; waiting: number }): void
  serve(port: number): Promise<Server>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'curbstop_' })
  const requests = new Histogram({
    name: 'curbstop_request_seconds',
    help: 'Time to answer a request, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  return {
    observeRequest: ({ method, route, status, ms }) =>
      requests.observe({ method, route, status: String(status) }, ms / 1000),
    watchPool(name, counts) {
      new Gauge({
        name: `curbstop_pool_${name}_connections`,
        help: `Connections of the ${name} pool`,
        labelNames: ['state'],
        registers: [registry],
        collect() {
          for (const [state, n] of Object.entries(counts())) this.set({ state }, n)
        },
      })
    },
    async serve(port) {
      const server = createServer(async (request, response) => {
        if (request.url !== '/metrics') return void response.writeHead(404).end()
        response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics())
      })
      await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done))
      return server
    },
  }
}
