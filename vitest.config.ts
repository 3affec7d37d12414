import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** npm run soak: the long fault tests (test/soak/), alone and one after another; NOTIFY_SOAK=standard for those of minutes. */
const isSoak = process.env['NOTIFY_SOAK'] !== undefined

export default defineConfig({
  test: {
    pool: 'forks', // better-sqlite3 is a native addon: worker threads would share its state
    isolate: false, // a process of its own for each file takes as long as most files; no test changes what others load
    maxWorkers: Math.max(2, availableParallelism()), // one may be waiting for cron, which takes no processor
    include: [isSoak ? 'test/soak/**/*.test.ts' : 'test/**/*.test.ts'],
    exclude: isSoak ? [] : ['test/soak/**'],
    fileParallelism: !isSoak,
    globalSetup: ['test/support/build.ts'],
    env: { TZ: 'UTC' }, // whoever runs them, wherever
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
