import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { markPrinted, queueMessage, sendAgain } from './commands.ts'
import type { correspondence } from './contract/index.ts'
import { getMessage, listAddresses, listMessages, preview } from './queries.ts'

export const answers: Answers<typeof correspondence, Ctx> = {
  preview,
  send: queueMessage,
  listAddresses,
  listMessages,
  getMessage,
  markPrinted,
  sendAgain,
}
