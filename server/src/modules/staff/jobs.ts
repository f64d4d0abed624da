import type { JobHandler } from '../../platform/module.ts'
import { deleteAged } from './store/sessions.ts'

/** Nightly: sessions and sign-in attempts older than 90 days go; the audit trail keeps who signed in. */
const sweepSignIns: JobHandler = hand => hand.inTransaction(ctx => deleteAged(ctx.tx))

export const jobs = { 'staff.sweep-sign-ins': sweepSignIns }
export const schedule = [{ cron: '40 3 * * *', job: 'staff.sweep-sign-ins' }]
