// The addresses that change an existing task, and those that act on a recorded change.
import { paths } from '../../addresses.ts'
import type { Route } from '../../routes.ts'
import { assignTask } from './assignees-route.ts'
import { completeTask } from './completion-route.ts'
import { deleteTask } from './deletion-route.ts'
import { setDueDate } from './due-date-route.ts'
import { linkRecord, unlinkRecord } from './linked-records-routes.ts'
import { attemptAgain, dismissChange, undoFromForm } from './recorded-change-routes.ts'
import { replaceTask } from './replacement-route.ts'

export const changeRoutes: readonly Route[] = [
  ['POST', paths.completion, completeTask],
  ['POST', paths.deadline, setDueDate],
  ['POST', paths.assignees, assignTask],
  ['POST', paths.linkedRecords, linkRecord],
  ['POST', paths.unlinking, unlinkRecord],
  ['POST', paths.replacement, replaceTask],
  ['POST', paths.deletion, deleteTask],
  ['POST', paths.undoing, undoFromForm],
  ['POST', paths.attempt, attemptAgain],
  ['POST', paths.dismissal, dismissChange],
]
