// A process that dies in the middle, without a process: from that moment on its database answers nothing, so that not one
// more word of it is written down.
import { setImmediate } from 'node:timers/promises'
import type { Database } from '../../app/database/open-database.ts'
import type { SendingStep } from '../../app/tasks/sending/sending-steps.ts'

export interface DyingProcess {
  readonly between: (database: Database) => Database
  readonly reached: (point: SendingStep) => Promise<void>
  /** Dies when it gets there. */
  readonly dieAt: (point: SendingStep | undefined) => void
  readonly isDead: () => boolean
  /** Another process starts. */
  readonly reborn: () => void
  /** Aborts when it dies or another process starts: what was on its way is cut off. */
  readonly life: () => AbortSignal
}

class Died extends Error {
  override readonly name = 'Died'
}

export function createDyingProcess(): DyingProcess {
  // Whoever belongs to an earlier life stays dead.
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
