// Writes down that a change is done, with what Attio said of the task, in one transaction. Nothing is written when the
// lease was lost: whoever has the change now will find out for themselves.
import { saveObserved } from '../mirror/save-observed.ts'
import { keepTask } from '../mirror/show-over.ts'
import type { MirroredTask } from '../mirror/mirror.ts'
import type { ChangeParts } from './change-parts.ts'
import { finishLeased } from './change-queue-store.ts'
import { releaseNext } from './change-sequence-store.ts'
import { dueAt } from './due-at.ts'
import { refreshShown } from './refresh-shown.ts'
import { settleWithAttio } from './settle-with-attio.ts'
import type { StoredChange } from './stored-change.ts'

export async function finishWith(
  parts: ChangeParts,
  change: StoredChange,
  { observed }: { readonly observed?: MirroredTask },
): Promise<void> {
  const { clock, database } = parts
  const { connectionId, taskId } = change
  await database.transaction(async (db) => {
    // Kept first: nobody adds a change behind this one that then is not released.
    await keepTask(db, connectionId, taskId)
    if (!(await finishLeased(db, change, { status: 'done', at: clock.now() }))) return
    if (observed !== undefined) await saveObserved(settleWithAttio(parts), db, [observed])
    await releaseNext(db, connectionId, taskId, dueAt(clock))
    await refreshShown(db, change)
  })
  await parts.reached('finished')
}
