import { onAccounts } from './on-accounts.ts'
import { tasks } from './tasks.ts'

export {
  alertRow,
  holdRow,
  queueCode,
  taskKind,
  taskOutcome,
  taskRow,
  workCard,
} from './cards.ts'

export const desk = { ...tasks, ...onAccounts }
