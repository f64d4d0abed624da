/** The door of the meter-file readers: bytes in, batches of normalised records out. */
export { csvHead } from './csv-head.ts'
export { type CsvField, type CsvMapping, csvFields, mappingFaults, suggestMapping } from './csv-mapping.ts'
export { damage, damageOf } from './damage.ts'
export { guessFormat } from './guess-format.ts'
export { type Inspection, inspectReadFile } from './inspect.ts'
export * from './kinds.ts'
export * from './layout-kinds.ts'
export { presets } from './layouts.ts'
export { openReadFile } from './open.ts'
export type { RouteHeading, RouteStop } from './route-stops.ts'
export { parseLayout, parseMapping } from './settings.ts'
export {
  type GreenButtonFeed,
  type GreenButtonUse,
  greenButtonErrors,
  volumeText,
  writeGreenButton,
} from './write-green-button.ts'
export { routeErrors, writeRoutes, writeRoutesCsv } from './write-route.ts'
export { isZone } from './zone-clock.ts'
