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
import type { LinkedRecord, Task } from '../world/entities.ts'
import type { World } from '../world/world.ts'

export type ActingMember = {
  readonly member: Member
  /** A new task. Every member but the content may be absent. Throws on an unknown assignee or record. */
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
  const checked = <Edit extends TaskChanges>(edit: Edit): Edit => {
    for (const id of edit.assigneeIds ?? []) {
      if (world.members.get(id)?.workspaceId === member.workspaceId) continue
      throw new Error(`There is no member ${id} in ${whom.workspace}.`)
    }
    for (const link of edit.linkedRecords ?? []) requireRecord(world, member.workspaceId, link)
    return edit
  }
  return {
    member,
    addTask: (task) => createTask(author(), checked({ ...emptyTask, ...task })),
    updateTask: (taskId, changes) => updateTask(author(), taskOf(taskId), checked(changes)),
    completeTask: (taskId) => updateTask(author(), taskOf(taskId), { isCompleted: true }),
    reopenTask: (taskId) => updateTask(author(), taskOf(taskId), { isCompleted: false }),
    deleteTask: (taskId) => deleteTask(author(), taskOf(taskId)),
  }
}

function requireRecord(world: World, workspaceId: string, link: LinkedRecord): void {
  const record = world.records.get(link.recordId)
  if (record?.workspaceId === workspaceId && record.objectId === link.objectId) return
  throw new Error(`There is no record ${link.recordId} of the object ${link.objectId}.`)
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
