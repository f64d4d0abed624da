import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import type { policy } from './contract.ts'
import { findRules, getDistrict, listClosedDays } from './queries.ts'

export const answers: Answers<typeof policy, Ctx> = { getDistrict, findRules, listClosedDays }
