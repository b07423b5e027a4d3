// Edits tasks as a member of a workspace, without a browser or a token.
import {
  createTask,
  deleteTask,
  updateTask,
  type NewTask,
  type TaskChanges,
} from '../edits/tasks.ts'
import type { Author } from '../edits/author.ts'
import type { Parts } from '../parts.ts'
import type { Member, Workspace } from '../world/access.ts'
import type { Task } from '../world/entities.ts'
import type { World } from '../world/world.ts'

export type ActingMember = {
  readonly member: Member
  /** A new task. Every member but the content may be absent. */
  addTask(task: Pick<NewTask, 'content'> & Partial<NewTask>): Task
  updateTask(taskId: string, changes: TaskChanges): Task
  completeTask(taskId: string): Task
  reopenTask(taskId: string): Task
  deleteTask(taskId: string): void
}

/** Returns a member by e-mail address or id, in a workspace by slug or id. */
export type Whom = { readonly member: string; readonly workspace: string }

export function actAs(parts: Parts, whom: Whom): ActingMember {
  const { world, ids, clock } = parts
  const member = getMember(world, whom)
  const author = (): Author => ({
    world,
    ids,
    now: clock.now(),
    workspaceId: member.workspaceId,
    actor: { type: 'workspace-member', id: member.id },
  })
  const taskOf = (taskId: string): Task => {
    const task = world.tasks.get(taskId)
    if (task?.workspaceId === member.workspaceId) return task
    throw new Error(`There is no task ${taskId} in ${whom.workspace}.`)
  }
  return {
    member,
    addTask: (task) => createTask(author(), { ...emptyTask, ...task }),
    updateTask: (taskId, changes) => updateTask(author(), taskOf(taskId), changes),
    completeTask: (taskId) => updateTask(author(), taskOf(taskId), { isCompleted: true }),
    reopenTask: (taskId) => updateTask(author(), taskOf(taskId), { isCompleted: false }),
    deleteTask: (taskId) => deleteTask(author(), taskOf(taskId)),
  }
}

const emptyTask = { deadlineAt: null, isCompleted: false, linkedRecords: [], assigneeIds: [] }

export function getWorkspace(world: World, slugOrId: string): Workspace {
  const workspace = world.workspaces.find((one) => one.slug === slugOrId || one.id === slugOrId)
  if (!workspace) throw new Error(`There is no workspace ${slugOrId}.`)
  return workspace
}

export function getMember(world: World, { member, workspace }: Whom): Member {
  const { id } = getWorkspace(world, workspace)
  const found = world
    .membersOf(id)
    .find((one) => one.id === member || one.emailAddress.toLowerCase() === member.toLowerCase())
  if (!found) throw new Error(`There is no member ${member} in ${workspace}.`)
  return found
}
