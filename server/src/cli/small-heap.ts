/** Commands that stream files of any size keep to little memory. */
import { getHeapStatistics } from 'node:v8'

/** Enough for any file, since it streams; more would only let rubbish lie. In MiB, as the engine's flags take it. */
const heapMiB = { young: 16, old: 160 }

/** A file of any size within 300 MB: the engine is begun anew with less room, where it can replace itself. */
export function beginSmall(): void {
  const limit = getHeapStatistics().heap_size_limit / 2 ** 20
  if (limit < heapMiB.old * 2 || typeof process.execve !== 'function') return
  const flags = [`--max-semi-space-size=${heapMiB.young}`, `--max-old-space-size=${heapMiB.old}`]
  process.execve(process.execPath, [process.execPath, ...flags, ...process.argv.slice(1)], process.env)
}
