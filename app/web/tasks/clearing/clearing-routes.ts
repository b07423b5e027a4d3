// Decides overdue tasks one at a time: GET shows the next one, POST decides it.
import { paths } from '../../addresses.ts'
import type { Route } from '../../routes.ts'
import { decideTask } from './decide-task.ts'
import { showNextOverdue } from './show-next-overdue.ts'

export const clearingRoutes: readonly Route[] = [
  ['GET', paths.clearing, showNextOverdue],
  ['POST', paths.clearing, decideTask],
]
