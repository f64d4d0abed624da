/**
 * Chunks made on threads of their own, ready to be sent: the thread that talks to the database only passes bytes on.
 * A bounded number of chunks is on the way at any time, so memory stays flat; they come in order, whoever made them.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { BillMaker } from './bills.ts'
import { type ChunkFacts, makeChunk } from './chunk.ts'
import { addText, emptyText, sealText, type TextChunk } from './write.ts'

/** So few that a premise's rows are garbage again before they grow old. */
const atOnce = 5

/** A chunk as COPY takes it, written out household by household. */
export function makeText(facts: ChunkFacts, maker: BillMaker, from: number, to: number): TextChunk {
  const text = emptyText()
  for (let at = from; at < to; at += atOnce)
    addText(text, makeChunk(facts, maker, at, Math.min(at + atOnce, to)))
  return sealText(text)
}

export type Range = { readonly from: number; readonly to: number }

/** Two cores are kept busy by two makers and the database together; more makers than four only wait for it. */
const threads = () => Math.min(4, availableParallelism())
/** A maker goes on with its next chunk while its last one is being written. */
const ahead = 2

export async function* chunksInThreads(
  { accounts, ...facts }: ChunkFacts & { readonly accounts: number },
  chunkSize: number,
): AsyncGenerator<TextChunk> {
  const makers = Array.from({ length: threads() }, () => startMaker(facts))
  try {
    const coming: Promise<TextChunk>[] = []
    let next = 0
    const order = () => {
      if (next >= accounts) return
      const range: Range = { from: next, to: Math.min(next + chunkSize, accounts) }
      coming.push(makers[(next / chunkSize) % makers.length]!.make(range))
      next = range.to
    }
    for (let i = 0; i < makers.length * ahead; i += 1) order()
    for (let chunk = coming.shift(); chunk; chunk = coming.shift()) {
      yield await chunk
      order()
    }
  } finally {
    await Promise.all(makers.map(maker => maker.end()))
  }
}

type Maker = { make(range: Range): Promise<TextChunk>; end(): Promise<unknown> }
type Waiting = { done(chunk: TextChunk): void; failed(error: unknown): void }

function startMaker({ seed, today, keys }: ChunkFacts): Maker {
  const worker = new Worker(new URL('./maker-thread.ts', import.meta.url), {
    workerData: { seed, today, secrets: keys.secrets.toString('hex') },
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  })
  const waiting: Waiting[] = []
  worker.on('message', (chunk: TextChunk) => waiting.shift()?.done(chunk))
  worker.on('error', error => {
    for (const one of waiting.splice(0)) one.failed(error)
  })
  return {
    make(range) {
      const made = new Promise<TextChunk>((done, failed) => waiting.push({ done, failed }))
      made.catch(() => undefined) // told when its turn comes
      worker.postMessage(range)
      return made
    },
    end: () => worker.terminate(),
  }
}
