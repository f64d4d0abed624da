/** The door of the meter-file readers: bytes in, batches of normalised records out. */
export * from './csv-mapping.ts'
export * from './kinds.ts'
export * from './layout-kinds.ts'
