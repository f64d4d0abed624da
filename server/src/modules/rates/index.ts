/**
 * Rates: tariffs as dated data in the Open Water Rate Specification, the pure rating function with its trace, and
 * the weather that water budgets are made of. Owns schema `rates`. A version that priced a bill is never changed.
 */
import { defineModule } from '../../platform/module.ts'
import { rates as contract } from './contract.ts'
import { answers } from './routes.ts'

export { type ImportedWeather, importWeather, publishVersion } from './commands.ts'
export { readWeatherCsv, readWeatherJson, type WeatherFile } from './domain/weather-file.ts'
export {
  asEngineVersion,
  getDailyEt,
  getTariffVersions,
  getTariffVersionsById,
  type LoadedVersion,
  type WeatherDays,
} from './queries.ts'
export { insertTariff, insertVersion, sha256Of } from './store.ts'

export const rates = defineModule({ name: 'rates', contract, answers })
