/**
 * Correspondence: what the district sends, in English and Spanish, the words as sent, and the proof of delivery.
 * Owns schema `correspondence`. An outbox: a message is written in its duty's transaction and sent after the commit.
 */
import { defineModule } from '../../platform/module.ts'
import { correspondence as contract } from './contract/index.ts'
import { jobs, listens } from './jobs.ts'
import { answers } from './routes.ts'

export { queueMessage } from './commands.ts'
export type { Letter } from './domain/index.ts'
export { getLetter, listMessages, type MessageRow, preview as previewMessage } from './queries.ts'

export const correspondence = defineModule({ name: 'correspondence', contract, answers, jobs, listens })
