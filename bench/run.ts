/**
 * `npm run bench -- [--accounts N] [--only NAME,…]`: every promise of speed, as JSON lines
 * `{"name","value","unit","baseline","ratio"}`. A baseline is what the bare database does in the same run.
 */
import { cpus, totalmem } from 'node:os'
import { type Figure, type Options, print } from './figure.ts'
import { benchFirstLoad } from './first-load.ts'
import { benchAccount360, benchMemory, benchSearch } from './http.ts'
import { benchIntervalsImport } from './intervals.ts'
import { benchRating } from './rating.ts'
import { benchExceptions, benchReadsImport } from './reads.ts'
import { benchSeed } from './seed.ts'
import { type BenchServer, openBenchServer } from './server.ts'

const inProcess: Readonly<Record<string, (options: Options) => Promise<Figure[]>>> = {
  rating: benchRating,
  seed: benchSeed,
  'reads-import': benchReadsImport,
  exceptions: benchExceptions,
  'intervals-import': benchIntervalsImport,
}
const onServer: Readonly<Record<string, (server: BenchServer) => Promise<Figure[]>>> = {
  search: benchSearch,
  'account-360': benchAccount360,
  'first-load': benchFirstLoad,
  memory: server =>
    benchMemory(
      server,
      wanted.some(([name]) => name === 'account-360'),
    ),
}

function optionsFrom(args: readonly string[]): Options & { only: string[] } {
  const value = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
  const accounts = Number(value('--accounts') ?? 200_000)
  const names = [...Object.keys(inProcess), ...Object.keys(onServer)]
  const only = value('--only')?.split(',') ?? names
  const unknown = only.filter(name => !names.includes(name))
  if (!Number.isInteger(accounts) || accounts < 100 || unknown.length > 0) {
    console.error(`Usage: npm run bench -- [--accounts N (100 or more)] [--only ${names.join(',')}]`)
    process.exit(2)
  }
  return { accounts, only }
}

const options = optionsFrom(process.argv.slice(2))
process.stderr.write(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${options.accounts} accounts\n`,
)
for (const [name, run] of Object.entries(inProcess))
  if (options.only.includes(name)) print(await run(options))
const wanted = Object.entries(onServer).filter(([name]) => options.only.includes(name))
if (wanted.length > 0) {
  const server = await openBenchServer(options)
  try {
    for (const [, run] of wanted) print(await run(server))
  } finally {
    await server.stop()
  }
}
