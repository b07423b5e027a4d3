// Sends one claimed change to Attio and records the result. Even after a failure in between, the change ends as finished or
// failed, or is sent again.
import { AttioTimeoutError } from '@taskr/attio'
import { sendCreate } from './send-create.ts'
import { sendDelete } from './send-delete.ts'
import { sendNote } from './send-note.ts'
import { sendReplace } from './send-replace.ts'
import { sendUpdate } from './send-update.ts'
import { settle } from '../../work/work.ts'
import type { ChangeParts } from '../change-parts.ts'
import { postpone } from '../change-rows/change-queue-store.ts'
import { judge, type Verdict } from './judge-answer.ts'
import { finishChange, observeMany } from '../rows/observe.ts'
import type { News } from '../rows/news.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'

/** Shorter than a lease, so that nothing is sent once another worker may have claimed the change. */
const sendsForMs = 45_000

export async function sendChange(
  parts: ChangeParts,
  change: StoredChange,
  signal?: AbortSignal,
): Promise<void> {
  await parts.reached('claimed')
  const ending = endsAfter(parts, sendsForMs)
  const until = signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal])
  try {
    const outcome = await parts.connections.callAttio(
      change,
      (client) => sendByKind(parts, change, client),
      until,
    )
    await write(parts, change, judge(parts, change, outcome))
  } catch (error) {
    // After a shutdown or a bug it is unknown whether Attio applied the change.
    const at = parts.clock.now() + (signal?.aborted === true ? 0 : 60_000)
    const again = { at, isUnsent: false, unclearAnswers: change.unclearAnswers }
    await postpone(parts.database.db, change, again)
    if (signal?.aborted !== true) throw error
  } finally {
    ending.stop()
  }
}

/** Ends by the same clock as leases. */
function endsAfter({ clock }: Pick<ChangeParts, 'clock'>, ms: number) {
  const ending = new AbortController()
  const waiting = new AbortController()
  const over = (): void => ending.abort(new AttioTimeoutError('sending a change', ms))
  clock.wait(ms, waiting.signal).then(over, () => {})
  return { signal: ending.signal, stop: () => waiting.abort() }
}

const senders = {
  create: sendCreate,
  update: sendUpdate,
  delete: sendDelete,
  replace: sendReplace,
  note: sendNote,
} as const

function sendByKind(
  parts: ChangeParts,
  change: StoredChange,
  client: Parameters<typeof sendCreate>[2],
) {
  return senders[change.kind](parts, change, client)
}

async function write(parts: ChangeParts, change: StoredChange, verdict: Verdict): Promise<void> {
  const { clock, database, live, logger } = parts
  const { changeId, connectionId, attempts } = change
  if (verdict.kind === 'again') {
    await postpone(database.db, change, verdict)
  } else if (verdict.kind === 'failed') {
    const { problem, alsoSeen = [] } = verdict
    const at = clock.now()
    const news: News = problem.kind === 'gone' ? { kind: 'gone', at } : { kind: 'changed' }
    await settle(database, async (db) => {
      const end = { status: 'failed', problem, at } as const
      if (!(await finishChange(parts, db, change, end, news))) return false
      await observeMany(parts, db, alsoSeen)
      return true
    })
  }
  const { kind } = verdict
  logger.info('changes.sent', { changeId, connectionId, change: change.kind, kind, attempts })
  live.changed(connectionId)
}
