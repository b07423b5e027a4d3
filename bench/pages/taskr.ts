// Taskr as the bench runs it: as in production, in a process of its own, with its log thrown away after it was written.
import { randomBytes } from 'node:crypto'
import { openSync, writeSync } from 'node:fs'
import { loadIntoSmallHeap } from '../../app/support/heap.ts'
import { beChild } from './child.ts'
import { countStatements } from './count-statements.ts'

const [
  { readConfig },
  { serveTaskr },
  { systemClock },
  { createLogger },
  { systemRandomBytes },
  assets,
] = await loadIntoSmallHeap(() =>
  Promise.all([
    import('../../app/config/config.ts'),
    import('../../app/serve.ts'),
    import('../../app/support/clock.ts'),
    import('../../app/support/logger.ts'),
    import('../../app/support/random.ts'),
    import('../../app/web/assets/built-assets.ts'),
  ]),
)

const statements = countStatements()
const nowhere = openSync('/dev/null', 'w')

beChild({
  statements,
  start: async ({ port = '', databaseUrl = '', attio = '', clientId = '', clientSecret = '' }) => {
    const reading = readConfig({
      PORT: port,
      PUBLIC_URL: `http://localhost:${port}`,
      DATABASE_URL: databaseUrl,
      TASKR_KEYS: `k1:${randomBytes(32).toString('base64url')}`,
      TASKR_LIMIT_EXEMPT: '127.0.0.0/8,::1/128',
      ATTIO_CLIENT_ID: clientId,
      ATTIO_CLIENT_SECRET: clientSecret,
      ATTIO_APP_URL: attio,
      ATTIO_API_URL: attio,
    })
    if (reading.kind === 'refused') throw new Error(reading.problems.join('\n'))
    const { url } = await serveTaskr(reading.config, {
      clock: systemClock,
      randomBytes: systemRandomBytes,
      fetch: globalThis.fetch,
      assets: await assets.readOrBundleAssets(),
      logger: createLogger({
        clock: systemClock,
        write: (line) => void writeSync(nowhere, line),
      }),
      unsafelySkipDurabilityCheck: true,
    })
    return { url }
  },
})
