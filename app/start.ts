// Starts Taskr from the environment, until the process is told to end.
import { readConfig, type Environment } from './config/config.ts'
import { runUntilSignal, type Started } from './run.ts'
import { serveTaskr } from './serve.ts'
import { systemClock } from './support/clock.ts'
import { createLogger } from './support/logger.ts'
import { systemRandomBytes } from './support/random.ts'
import { readBuiltAssets } from './web/assets/built-assets.ts'

export async function startTaskr(environment: Environment): Promise<void> {
  let logger = createLogger({ clock: systemClock })
  const start = async (): Promise<Started> => {
    const reading = readConfig(environment)
    if (reading.kind === 'refused') return reading
    logger = createLogger({ clock: systemClock, level: reading.config.logLevel })
    const built = readBuiltAssets()
    if (built.kind === 'refused') return { kind: 'refused', problems: [built.problem] }
    const taskr = await serveTaskr(reading.config, {
      clock: systemClock,
      randomBytes: systemRandomBytes,
      fetch: globalThis.fetch,
      logger,
      assets: built.assets,
    })
    logger.info('taskr.started', { url: taskr.url, port: taskr.port, role: reading.config.role })
    const { stopNoticeMs } = reading.config
    return { kind: 'started', stop: taskr.stop, stopNoticeMs }
  }
  await runUntilSignal(start, (error) => logger.error('taskr.failed', { error }))
}
