import { declareErrors } from '@curbstop/kernel/errors'

export const weatherErrors = declareErrors({
  'rates.weather-file': {
    kind: 'invalid',
    says: 'This weather file cannot be taken: line {line}, {field}: {problem}. Nothing was kept.',
  },
  'rates.weather-twice': {
    kind: 'conflict',
    says: 'This file was imported before, as {name} on {on} for zone {zone}. Nothing was kept again.',
  },
  'rates.weather-zone': {
    kind: 'invalid',
    says: 'Which zone is station {station}? Say it once: --zone NAME. Known zones: {zones}.',
  },
})
