// The data of the task list page.
import type { Problem } from '../pages/fields.ts'
import type { Member, Workspace } from '../world/access.ts'
import type { World } from '../world/world.ts'
import type { View } from './addresses.ts'
import type { TaskForm } from './task-form.ts'
import type { TaskList } from './task-list.ts'

export type TaskListPage = {
  readonly world: World
  readonly workspace: Workspace
  readonly member: Member
  readonly view: View
  readonly now: number
  readonly list: TaskList
  readonly form: TaskForm
  readonly problems: readonly Problem[]
  readonly notice: string | undefined
}
