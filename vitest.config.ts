import { configDefaults, defineConfig } from 'vitest/config'

/** Tests that need a real PostgreSQL, told by their names; every other *.test.ts is pure and takes milliseconds. */
const database = [
  '**/commands.test.ts',
  '**/queries.test.ts',
  '**/store.test.ts',
  '**/routes.test.ts',
  '**/*.db.test.ts',
]
const outside = [...configDefaults.exclude, '**/.data/**', '**/.build/**']

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...outside, ...database],
        },
      },
      {
        test: {
          name: 'database',
          include: database,
          exclude: outside,
          globalSetup: ['tools/testing/database-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          exclude: outside,
          globalSetup: ['tools/testing/journey-server.ts'],
          fileParallelism: false,
          expect: { poll: { timeout: 10_000, interval: 50 } },
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
