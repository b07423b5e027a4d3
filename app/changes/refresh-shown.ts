// Shows a task anew after its changes have changed. Of a task that Attio does not have, the row is there for as long as
// the change that creates it is under way.
import type { Db } from '../database/tables.ts'
import { keepTask, removeProvisional } from '../mirror/show-over.ts'
import { listUnfinished } from './change-sequence-store.ts'
import { showNewTask } from './show-new-task.ts'
import { shownMeanwhile } from './shown-meanwhile.ts'
import type { StoredChange } from './stored-change.ts'

export async function refreshShown(
  db: Db,
  { connectionId, taskId }: Pick<StoredChange, 'connectionId' | 'taskId'>,
): Promise<void> {
  const task = await keepTask(db, connectionId, taskId)
  const changes = await listUnfinished(db, connectionId, taskId)
  const create = changes.find(({ kind }) => kind === 'create')
  if (create !== undefined) await showNewTask(db, create, changes)
  else if (task?.isProvisional === true) await removeProvisional(db, connectionId, taskId)
  else await task?.show(shownMeanwhile(changes))
}
