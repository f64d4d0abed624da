import type { Output } from '@curbstop/kernel/endpoint'
import type { metering } from '@curbstop/server/contract/staff'

export type ExceptionLine = Output<typeof metering.listExceptions>['lines'][number]
export type ExceptionView = Output<typeof metering.getException>
export type BookDay = Output<typeof metering.listBookDays>[number]
export type HighLine = Output<typeof metering.listHighUse>[number]
export type ExceptionId = ExceptionLine['exceptionId']
