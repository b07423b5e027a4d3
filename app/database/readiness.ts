// Checks that the database can be written. Load balancers ask every few seconds, and strangers as often as they like, so
// one real write answers all requests within a second.

import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { Db } from './tables.ts'

const validForMs = 1_000
const answerWithinMs = 3_000

export function createReadiness(
  db: Db,
  parts: {
    readonly clock: Clock
    readonly logger: Logger
    readonly isInPlace: () => boolean
  },
): () => Promise<boolean> {
  const { clock, logger, isInPlace } = parts
  let last: { readonly at: number; readonly answer: Promise<boolean> } | undefined
  return () => {
    const now = clock.now()
    if (last === undefined || Math.abs(now - last.at) >= validForMs) {
      last = {
        at: now,
        answer: isInPlace() ? withinLimit(write(db, logger), logger) : Promise.resolve(false),
      }
    }
    return last.answer
  }
}

// Writing the same value changes nothing, but reaches the disk.
async function write(db: Db, logger: Logger): Promise<boolean> {
  try {
    const { numUpdatedRows } = await db
      .updateTable('migrations')
      .set((row) => ({ applied_at: row.ref('applied_at') }))
      .where('number', '=', 1)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  } catch (error) {
    logger.warn('database.not-writable', { error })
    return false
  }
}

/** A load balancer waits a few seconds; a silent network takes much longer. */
async function withinLimit(answer: Promise<boolean>, logger: Logger): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(() => {
    logger.warn('database.slow-write', { limitMs: answerWithinMs })
    resolve(false)
  }, answerWithinMs)
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
