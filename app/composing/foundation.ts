// The foundation of every service: an open database whose keys are checked, IDs, and the sealer of tokens.
import { checkKeys, createSealer, type Sealer } from '../connections/connections.ts'
import type { Config } from '../config/config.ts'
import { openDatabase, type Database } from '../database/open-database.ts'
import type { Clock } from '../support/clock.ts'
import { createIds, type Ids } from '../support/ids.ts'
import type { Logger } from '../support/logger.ts'
import type { RandomBytes } from '../support/random.ts'
import { openTracing, statementSpans, type Tracing } from '../tracing/tracing.ts'
import type { Surroundings } from './surroundings.ts'

export interface Foundation {
  readonly database: Database
  readonly sealer: Sealer
  readonly clock: Clock
  readonly ids: Ids
  readonly randomBytes: RandomBytes
  readonly logger: Logger
  readonly tracing: Tracing
}

/** A problem that keeps Taskr from starting, in words for the operator. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

export async function openFoundation(
  config: Config,
  surroundings: Surroundings,
): Promise<Foundation> {
  const { clock, randomBytes, logger, betweenDatabase } = surroundings
  const { unsafelySkipDurabilityCheck = false } = surroundings
  const url = config.databaseUrl
  const system = url.startsWith('file:') ? 'sqlite' : 'postgresql'
  const tracing = await openTracing(config.tracing, logger)
  const opened = await openDatabase({
    url,
    clock,
    logger,
    connections: config.databaseConnections,
    namedStatements: config.namedStatements,
    unsafelySkipDurabilityCheck,
    observe:
      config.tracing?.statements === true ? statementSpans(tracing, { clock, system }) : undefined,
  })
  const database = betweenDatabase?.(opened) ?? opened
  const sealer = createSealer(config.keys, randomBytes)
  const keys = await checkKeys(database, sealer, config.keys)
  if (keys.kind === 'refused') {
    await database.close()
    throw new StartError(keys.problem)
  }
  return {
    database,
    sealer,
    clock,
    ids: createIds(clock, randomBytes),
    randomBytes,
    logger,
    tracing,
  }
}
