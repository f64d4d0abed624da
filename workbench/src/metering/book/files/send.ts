/** A large file goes in parts, so that neither memory nor a time-out limits it; a lost part is sent again. */
import { ApiError } from '../../../shell/call.ts'

const partBytes = 4 * 1024 * 1024
const tries = 3

export type Sending = {
  readonly onProgress: (sentBytes: number) => void
  readonly signal: AbortSignal
}

/** Answers the number of the upload. */
export async function sendFile(file: Blob, { onProgress, signal }: Sending): Promise<string> {
  const begun = (await post('/api/spool', null, signal)) as { spoolId: string }
  let at = 0
  while (at < file.size) {
    const part = file.slice(at, at + partBytes)
    const { have } = (await postPart(begun.spoolId, { part, at, signal })) as { have: number }
    at = have
    onProgress(at)
  }
  return begun.spoolId
}

type Part = { readonly part: Blob; readonly at: number; readonly signal: AbortSignal }

async function postPart(spoolId: string, { part, at, signal }: Part): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await post(`/api/spool/${spoolId}?at=${at}`, part, signal)
    } catch (error) {
      const isLost = error instanceof ApiError && (error.status === 0 || error.status === 503)
      if (!isLost || attempt === tries) throw error
      await new Promise(resolve => setTimeout(resolve, 500 * attempt))
    }
  }
}

const unreachable = 'The server cannot be reached. The file is still here; try again in a moment.'

async function post(url: string, body: Blob | null, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    signal,
    ...(body ? { body, headers: { 'content-type': 'application/octet-stream' } } : {}),
  }).catch(error => {
    if ((error as Error).name === 'AbortError') throw error
    throw new ApiError(0, { code: 'web.offline', message: unreachable, facts: {} })
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer
  const said = answer as { code: string; message: string; facts: Record<string, string> } | null
  const { status } = response
  throw new ApiError(status, said ?? { code: 'web.no-answer', message: unreachable, facts: {} })
}
