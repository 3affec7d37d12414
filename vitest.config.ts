import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'forks', // better-sqlite3 is a native addon: worker threads would share its state
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
