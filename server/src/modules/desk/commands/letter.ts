import { DomainError } from '@curbstop/kernel/errors'
import type { AccountId, OrderId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { type Letter, queueMessage } from '../../correspondence/index.ts'
import { createTask } from './tasks.ts'

export type LetterByMail = {
  readonly accountId: AccountId
  readonly letter: Letter
  /** What somebody does where no letter can be written: 'Tell the customer …'. */
  readonly otherwise: string
  readonly orderId?: OrderId
}

const withoutAddress = ['correspondence.no-mailing-address', 'correspondence.protected-address']

/** By mail to the address on file, and its number; where there is none a task tells an advisor to call, and null. */
export async function mailOrTask(ctx: Ctx, mail: LetterByMail): Promise<bigint | null> {
  const { accountId, letter, otherwise, orderId } = mail
  try {
    return (await queueMessage(ctx, { accountId, letter, to: { kind: 'mail-on-file' } })).messageId
  } catch (error) {
    if (!(error instanceof DomainError) || !withoutAddress.includes(error.code)) throw error
    await createTask(ctx, {
      kind: 'follow-up',
      title: otherwise,
      detail: `No letter could be written: ${error.message}`,
      accountId,
      ...(orderId ? { orderId } : {}),
      to: { queue: 'advisors' },
      dueOn: ctx.today,
    })
    return null
  }
}
