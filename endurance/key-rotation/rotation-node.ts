// Serves Taskr in a process of its own, on the tests' PostgreSQL, which is fast because it does not use fsync.
import { readConfig } from '../../app/config/config.ts'
import { serveTaskr } from '../../app/serve.ts'
import { systemClock } from '../../app/support/clock.ts'
import { createLogger } from '../../app/support/logger.ts'
import { systemRandomBytes } from '../../app/support/random.ts'

const reading = readConfig(process.env)
if (reading.kind !== 'read') throw new Error('The environment makes no configuration.')
const logger = createLogger({ clock: systemClock })
const taskr = await serveTaskr(reading.config, {
  clock: systemClock,
  randomBytes: systemRandomBytes,
  fetch: globalThis.fetch,
  logger,
  unsafelySkipDurabilityCheck: true,
})
logger.info('taskr.started', { port: taskr.port })
