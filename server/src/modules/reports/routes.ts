import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import type { reports } from './contract.ts'
import { getAccount360 } from './queries/account-360.ts'
import { getTimeline } from './queries/timeline.ts'

export const answers: Answers<typeof reports, Ctx> = { getAccount360, getTimeline }
