import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'forks', // better-sqlite3 is a native addon: worker threads would share its state
    maxWorkers: Math.max(2, availableParallelism()), // one may be waiting for cron, which takes no processor
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
