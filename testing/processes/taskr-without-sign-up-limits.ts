// Taskr in a process of its own, without limits on signing up. On a signal it collects garbage and prints its memory use.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { z } from 'zod'
import { readConfig } from '../../app/config/config.ts'
import { serveTaskr } from '../../app/serve.ts'
import { systemClock } from '../../app/support/clock.ts'
import { createLogger } from '../../app/support/logger.ts'
import { systemRandomBytes } from '../../app/support/random.ts'

setFlagsFromString('--expose-gc')
const gc = z
  .function({ input: [z.object({ type: z.string(), flavor: z.string() })], output: z.unknown() })
  .parse(runInNewContext('gc'))
/** Returns free memory to the system, as V8 does when memory runs out. */
const collectGarbage = () => gc({ type: 'major', flavor: 'last-resort' })

const reading = readConfig(process.env)
if (reading.kind === 'refused') throw new Error(reading.problems.join('\n'))
const many = 1e9
const logger = createLogger({ clock: systemClock })
const taskr = await serveTaskr(reading.config, {
  clock: systemClock,
  randomBytes: systemRandomBytes,
  fetch: globalThis.fetch,
  logger,
  limits: {
    accounts: { signUpsPerHourAndAddress: many, passwordsPerMinute: many },
    connecting: { beginningsPerAddress: many },
  },
})
logger.info('taskr.started', { port: taskr.port })

process.on('SIGUSR2', () => {
  // Twice: the second collection frees what the first one finalised.
  collectGarbage()
  setImmediate(() => {
    collectGarbage()
    logger.info('taskr.holds', { ...held() })
  })
})
process.on('SIGTERM', () => {
  void taskr.stop().then(() => process.exit())
})

function held() {
  const { rss, heapUsed, external } = process.memoryUsage()
  const resources = process.getActiveResourcesInfo()
  const { user, system } = process.cpuUsage()
  return {
    rss,
    heapUsed: heapUsed + external,
    sockets: resources.filter((name) => name === 'TCPSocketWrap').length,
    timers: resources.filter((name) => name === 'Timeout').length,
    cpuMs: (user + system) / 1_000,
  }
}
