import type { Output } from '@curbstop/kernel/endpoint'
import type { billing, judgeRun, metering } from '@curbstop/server/contract/staff'

export type Test = Output<typeof metering.getMeterTest>
export type Result = Test['results'][number]
export type Proposal = Output<typeof billing.getMeterProposal>
export type History = Output<typeof metering.getPlaceHistory>
export type Rules = Parameters<typeof judgeRun>[2]
export type Point = 'low' | 'intermediate' | 'high'
export const points: readonly Point[] = ['low', 'intermediate', 'high']
