/**
 * Reports: read-only questions over all departments. Owns no table. The account 360 and its timeline stand here,
 * because they ask everybody and nobody asks them.
 */
import { defineModule } from '../../platform/module.ts'
import { reports as contract } from './contract.ts'
import { warmUp } from './queries/warm-up.ts'
import { answers } from './routes.ts'

export const reports = defineModule({ name: 'reports', contract, answers, warmUp })
