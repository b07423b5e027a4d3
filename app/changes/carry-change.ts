// Carries one claimed change to Attio and writes down what became of it. Whatever happens in between, the change is either
// finished, or stands as refused, or will be tried again.
import { AttioTimeoutError } from '@taskr/attio'
import { carryCreate } from './carry-create.ts'
import { carryDelete } from './carry-delete.ts'
import { carryReplace } from './carry-replace.ts'
import { carryUpdate } from './carry-update.ts'
import type { ChangeParts } from './change-parts.ts'
import { finishLeased, postpone } from './change-queue-store.ts'
import { rebaseNext, releaseNext } from './change-sequence-store.ts'
import { dueAt } from './due-at.ts'
import { judge, type Verdict } from './judge-answer.ts'
import { keepTask } from '../mirror/show-over.ts'
import { saveGone } from '../mirror/save-observed.ts'
import { refreshShown } from './refresh-shown.ts'
import { settleWithAttio } from './settle-with-attio.ts'
import type { StoredChange } from './stored-change.ts'

/** Shorter than a lease: nothing leaves when another worker may have the change already. */
const carriesForMs = 45_000

export async function carryChange(
  parts: ChangeParts,
  change: StoredChange,
  signal?: AbortSignal,
): Promise<void> {
  await parts.reached('claimed')
  const ending = endsAfter(parts, carriesForMs)
  const until = signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal])
  try {
    const outcome = await parts.connections.callAttio(
      change,
      (client) => carryByKind(parts, change, client),
      until,
    )
    await write(parts, change, judge(parts, change, outcome))
  } catch (error) {
    // Not an answer of Attio's: a shutdown, or a mistake of ours. Nothing is known of what left.
    const at = parts.clock.now() + (signal?.aborted === true ? 0 : 60_000)
    const again = { at, isUnsent: false, unclearAnswers: change.unclearAnswers }
    await postpone(parts.database.db, change, again)
    if (signal?.aborted !== true) throw error
  } finally {
    ending.stop()
  }
}

/** By the clock that leases go by. */
function endsAfter({ clock }: Pick<ChangeParts, 'clock'>, ms: number) {
  const ending = new AbortController()
  const waiting = new AbortController()
  const over = (): void => ending.abort(new AttioTimeoutError('carrying a change', ms))
  clock.wait(ms, waiting.signal).then(over, () => {})
  return { signal: ending.signal, stop: () => waiting.abort() }
}

const carriers = {
  create: carryCreate,
  update: carryUpdate,
  delete: carryDelete,
  replace: carryReplace,
} as const

function carryByKind(
  parts: ChangeParts,
  change: StoredChange,
  client: Parameters<typeof carryCreate>[2],
) {
  return carriers[change.kind](parts, change, client)
}

async function write(parts: ChangeParts, change: StoredChange, verdict: Verdict): Promise<void> {
  const { clock, database, live, logger } = parts
  const { changeId, connectionId, taskId, attempts } = change
  if (verdict.kind === 'again') {
    await postpone(database.db, change, verdict)
  } else if (verdict.kind === 'failed') {
    await database.transaction(async (db) => {
      const end = { status: 'failed', problem: verdict.problem, at: clock.now() } as const
      await keepTask(db, connectionId, taskId)
      if (!(await finishLeased(db, change, end))) return
      if (verdict.problem.kind === 'gone') {
        const gone = { connectionId, taskId, at: clock.now() }
        return await saveGone(settleWithAttio(parts), db, gone)
      }
      if (change.kind === 'update') await rebaseNext(db, change)
      await releaseNext(db, connectionId, taskId, dueAt(clock))
      await refreshShown(db, change)
    })
  }
  // What looked like its work was not shown until now.
  if (verdict.kind === 'failed' && verdict.problem.kind === 'ambiguous') {
    await parts.mirror.refreshNow(change)
  }
  const { kind } = verdict
  logger.info('changes.carried', { changeId, connectionId, change: change.kind, kind, attempts })
  live.changed(change.accountId)
}
