import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { answerComplaint, discardContact, editNote, saveContact } from './commands/close.ts'
import { handOver } from './commands/hand-over.ts'
import { attachContact, keepDraft, noteSteps, startContact, verifyCaller } from './commands/hold.ts'
import type { contacts } from './contract.ts'
import { getContact, listByAccount, listContacts, listMyDrafts, listReasons } from './queries.ts'

export const answers: Answers<typeof contacts, Ctx> = {
  listReasons,
  startContact,
  getContact,
  attachContact,
  handOver,
  verifyCaller,
  noteSteps,
  keepDraft,
  saveContact,
  discardContact,
  editNote,
  answerComplaint,
  listMyDrafts,
  listByAccount,
  listContacts,
}
