// Writes the search words of rows that an older Taskr wrote, in small steps, so that other queries do not wait long.
import { setImmediate } from 'node:timers/promises'
import type { Db } from '../../database/tables.ts'
import { fillMemberWords } from '../names/member-store.ts'
import { fillRecordWords } from '../names/record-store.ts'
import { fillTaskWords } from '../rows/task-store.ts'

const rowsPerStep = 20

/** Returns how many rows it wrote. */
export async function fillWords(db: Db, signal?: AbortSignal): Promise<number> {
  let written = 0
  for (const fill of [fillTaskWords, fillRecordWords, fillMemberWords]) {
    let step = 0
    do {
      if (signal?.aborted === true) return written
      await setImmediate()
      step = await fill(db, rowsPerStep)
      written += step
    } while (step === rowsPerStep)
  }
  return written
}
