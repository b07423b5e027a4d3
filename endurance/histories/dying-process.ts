// Simulates the death of a process inside the test's own: from that moment its database answers nothing, so it can
// store nothing more.
import { setImmediate } from 'node:timers/promises'
import type { Database } from '../../app/database/open-database.ts'
import type { SendingStep } from '../../app/tasks/sending/sending-steps.ts'

export interface DyingProcess {
  readonly between: (database: Database) => Database
  readonly reached: (point: SendingStep) => Promise<void>
  /** Makes the process die when it reaches this point. */
  readonly dieAt: (point: SendingStep | undefined) => void
  readonly isDead: () => boolean
  /** Starts another process. */
  readonly reborn: () => void
  /** Returns a signal that aborts open calls when the process dies or another one starts. */
  readonly life: () => AbortSignal
}

class Died extends Error {
  override readonly name = 'Died'
}

export function createDyingProcess(): DyingProcess {
  // Callers that belong to an earlier life stay dead.
  let life = 0
  let deadLives = 0
  let diesAt: SendingStep | undefined
  let breath = new AbortController()
  return {
    between: (database) => {
      const born = life
      const check = (): void => {
        if (born < deadLives) throw new Died('This process is dead.')
      }
      const plugin: Parameters<Database['db']['withPlugin']>[0] = {
        transformQuery: ({ node }) => {
          check()
          return node
        },
        transformResult: async ({ result }) => result,
      }
      return {
        ...database,
        db: database.db.withPlugin(plugin),
        transaction: (work) =>
          database.transaction(async (db) => {
            const result = await work(db.withPlugin(plugin))
            check()
            return result
          }),
      }
    },
    reached: async (point) => {
      if (point === diesAt) {
        diesAt = undefined
        deadLives = life + 1
        breath.abort()
      }
      if (deadLives > life) throw new Died('This process is dead.')
      await setImmediate()
    },
    dieAt: (point) => {
      diesAt = point
    },
    isDead: () => deadLives > life,
    life: () => breath.signal,
    reborn: () => {
      life += 1
      breath.abort()
      breath = new AbortController()
      diesAt = undefined
    },
  }
}
