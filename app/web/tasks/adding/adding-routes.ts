// The addresses that add tasks.
import { paths } from '../../addresses.ts'
import type { Route } from '../../routes.ts'
import { addManyTasks } from './add-many-tasks.ts'
import { addTaskFromForm } from './add-task.ts'
import { showUnderstood } from './quick-add-lookup.ts'

export const addingRoutes: readonly Route[] = [
  ['POST', paths.tasks, addTaskFromForm],
  ['POST', paths.manyTasks, addManyTasks],
  ['GET', paths.quickAddLookup, showUnderstood],
]
