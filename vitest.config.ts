import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** npm run soak: the long fault tests (test/soak/), alone and one after another; NOTIFY_SOAK=standard for those of minutes. */
const isSoak = process.env['NOTIFY_SOAK'] !== undefined

/** Long files first, or the last one keeps everybody waiting: the one that waits for cron, then those that start processes. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => turnOf(a) - turnOf(b))
  }
}

const turnOf = ({ moduleId }: TestSpecification): number => {
  if (moduleId.endsWith('crontab.test.ts')) return 0
  return /\/process\/|\/readme\./.test(moduleId) ? 1 : 2
}

export default defineConfig({
  test: {
    pool: 'forks', // better-sqlite3 is a native addon: worker threads would share its state
    isolate: false, // 45 files: 22 s, and 37 s with a process for each; no test changes what others load
    maxWorkers: availableParallelism() + 1, // there is always one that waits: for cron, a deadline, a lease
    include: [isSoak ? 'test/soak/**/*.test.ts' : 'test/**/*.test.ts'],
    exclude: isSoak ? [] : ['test/soak/**'],
    fileParallelism: !isSoak,
    sequence: { sequencer: LongFirst },
    globalSetup: ['test/support/build.ts'],
    env: { TZ: 'UTC' }, // whoever runs them, wherever
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
