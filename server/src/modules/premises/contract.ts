import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { lineSchema } from '@curbstop/kernel/text'
import { z } from 'zod'
import { hazardKinds, pointServices, pointStates, premiseClasses, turnOffPoints } from './domain/words.ts'

const premiseId = idCodec<'premise'>()
const servicePointId = idCodec<'service-point'>()
const hazardId = idCodec<'hazard'>()
const version = z.int().min(1).max(2_147_483_647)
const why = lineSchema({ min: 4, max: 500 })

export const serviceAddress = z.object({
  houseNumber: z.string(),
  street: z.string(),
  unit: z.string().nullable(),
  city: z.string(),
  state: z.string(),
  zip: z.string(),
})

export const hazard = z.object({
  hazardId,
  kind: z.enum(hazardKinds),
  note: z.string(),
  notedAt: instantSchema,
  notedBy: z.string(),
  expiresOn: localDateSchema,
})

export const servicePoint = z.object({
  servicePointId,
  service: z.enum(pointServices),
  book: z.object({ code: z.string(), name: z.string(), cycleDay: z.int() }).nullable(),
  sequence: z.int().nullable(),
  locationNote: z.string().nullable(),
  turnOffPoints: z.array(z.enum(turnOffPoints)),
  state: z.enum(pointStates),
  version,
})

/** A service address and what is in the ground there. Areas in square feet. */
export const premiseCard = z.object({
  premiseId,
  address: serviceAddress,
  line: z.string(), // 118 Alder Ct, Unit 4
  cityLine: z.string(), // Las Palmas, CA 92000
  class: z.enum(premiseClasses),
  dwellingUnits: z.int(),
  lotSqft: z.int().nullable(),
  irrigatedSqft: z.int(),
  hasPool: z.boolean(),
  etZone: z.string(),
  builtOn: localDateSchema.nullable(),
  version,
  servicePoints: z.array(servicePoint),
  /** In force today; the expired ones are history. */
  hazards: z.array(hazard),
})

export const premiseLine = z.object({
  premiseId,
  line: z.string(),
  cityLine: z.string(),
  class: z.enum(premiseClasses),
})

const card = premiseCard

export const premises = {
  getPremise: endpoint({
    method: 'GET',
    path: '/premises/:premiseId',
    may: 'premises.see',
    says: 'The card of a service address: areas, service points with their turn-off points, hazards',
    input: z.strictObject({ premiseId }),
    output: card,
    errors: ['premises.unknown'],
  }),
  findPremises: endpoint({
    method: 'POST',
    asks: true, // an address typed is somebody's address
    path: '/premises/find',
    may: 'premises.see',
    says: 'Service addresses that begin so (house number, then street), occupied or not; ten at the most',
    input: z.strictObject({ words: lineSchema({ max: 100 }) }),
    output: z.array(premiseLine),
  }),
  changePremise: endpoint({
    method: 'POST',
    path: '/premises/:premiseId/change',
    may: 'premises.edit',
    says: 'Corrects the facts of a service address that budgets and rates stand on',
    input: z.strictObject({
      premiseId,
      version,
      reason: why,
      class: z.enum(premiseClasses).optional(),
      dwellingUnits: z.int().min(1).max(5_000).optional(),
      lotSqft: z.int().min(0).max(500_000_000).nullish(),
      irrigatedSqft: z.int().min(0).max(500_000_000).optional(),
      hasPool: z.boolean().optional(),
    }),
    output: card,
    errors: [
      'staff.own-account',
      'premises.unknown',
      'premises.changed-meanwhile',
      'premises.nothing-changed',
      'premises.irrigated-over-lot',
    ],
    rehearsable: true,
  }),
  changeServicePoint: endpoint({
    method: 'POST',
    path: '/premises/:premiseId/points/:servicePointId/change',
    may: 'premises.edit',
    says: 'Corrects where the meter lies and where the water can be turned off',
    input: z.strictObject({
      premiseId,
      servicePointId,
      version,
      reason: why,
      locationNote: lineSchema({ min: 0, max: 200 }).nullish(),
      turnOffPoints: z.array(z.enum(turnOffPoints)).min(1).max(3).optional(),
    }),
    output: card,
    errors: [
      'staff.own-account',
      'premises.unknown',
      'premises.point-unknown',
      'premises.changed-meanwhile',
      'premises.nothing-changed',
      'premises.off-there-now',
    ],
  }),
  addHazard: endpoint({
    method: 'POST',
    path: '/premises/:premiseId/hazards',
    may: 'premises.edit',
    says: 'Warns whoever goes there; somebody looks again after twelve months (SO-036)',
    input: z.strictObject({
      premiseId,
      kind: z.enum(hazardKinds),
      note: lineSchema({ min: 3, max: 300 }),
      expiresOn: localDateSchema.optional(),
    }),
    output: card,
    errors: ['staff.own-account', 'premises.unknown', 'premises.hazard-too-long', 'premises.hazard-over'],
  }),
  endHazard: endpoint({
    method: 'POST',
    path: '/premises/:premiseId/hazards/:hazardId/end',
    may: 'premises.edit',
    says: 'The warning no longer holds',
    input: z.strictObject({ premiseId, hazardId, reason: why }),
    output: card,
    errors: ['staff.own-account', 'premises.unknown', 'premises.hazard-unknown', 'premises.hazard-ended'],
  }),
}
