// The form of a task: its input, checked, with a problem per wrong field.
import type { NewTask, TaskChanges } from '../edits/tasks.ts'
import type { Problem } from '../pages/fields.ts'
import { parseInstant } from '../timestamps.ts'
import type { Workspace } from '../world/access.ts'
import type { LinkedRecord } from '../world/entities.ts'
import type { World } from '../world/world.ts'

/** The input as typed. */
export type TaskForm = {
  readonly content: string
  readonly deadline: string
  readonly assignees: readonly string[]
  /** Record ids. */
  readonly links: readonly string[]
}

export const emptyForm: TaskForm = { content: '', deadline: '', assignees: [], links: [] }

export type Read<Result> =
  | { readonly kind: 'read'; readonly task: Result }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/** Attio's limit. */
export const longestContent = 2000

export function taskForm(form: URLSearchParams): TaskForm {
  return {
    content: (form.get('content') ?? '').replaceAll('\r\n', '\n').trim(),
    deadline: (form.get('deadline') ?? '').trim(),
    assignees: idsIn(form, 'assignee'),
    links: idsIn(form, 'link'),
  }
}

/** Returns the checked boxes and the picked choices. */
function idsIn(form: URLSearchParams, name: string): string[] {
  return [...form.getAll(`${name}s[]`), ...form.getAll(name)].filter((id) => id !== '')
}

export function readNewTask(world: World, workspace: Workspace, form: TaskForm): Read<NewTask> {
  const { content } = form
  const changes = readChanges(world, workspace, form)
  const problem = problemWithContent(content)
  const problems = [
    ...(problem === undefined ? [] : [{ field: 'content', message: problem }]),
    ...(changes.kind === 'refused' ? changes.problems : []),
  ]
  if (changes.kind === 'refused' || problems.length > 0) return { kind: 'refused', problems }
  return { kind: 'read', task: { ...changes.task, content, isCompleted: false } }
}

type Details = Required<Omit<TaskChanges, 'isCompleted' | 'deadlineNanoseconds'>>

export function readChanges(world: World, workspace: Workspace, form: TaskForm): Read<Details> {
  const problems: Problem[] = []
  const deadlineAt = form.deadline === '' ? null : parseInstant(form.deadline)
  if (deadlineAt === undefined) {
    problems.push({ field: 'deadline', message: 'Enter a date and a time, or leave it empty.' })
  }
  const memberIds = new Set(world.membersOf(workspace.id).map(({ id }) => id))
  if (form.assignees.some((id) => !memberIds.has(id))) {
    problems.push({ field: 'assignee', message: 'Pick members of this workspace.' })
  }
  const linkedRecords = form.links.flatMap((id) => linkTo(world, workspace, id) ?? [])
  if (linkedRecords.length < form.links.length) {
    problems.push({ field: 'link', message: 'Pick records of this workspace.' })
  }
  if (deadlineAt === undefined || problems.length > 0) return { kind: 'refused', problems }
  return { kind: 'read', task: { deadlineAt, assigneeIds: form.assignees, linkedRecords } }
}

function problemWithContent(content: string): string | undefined {
  if (content === '') return 'Enter a task.'
  if (content.length <= longestContent) return undefined
  return `Attio's tasks have ${longestContent} characters at most; this has ${content.length}.`
}

function linkTo(world: World, workspace: Workspace, recordId: string): LinkedRecord | undefined {
  const record = world.records.get(recordId)
  if (record?.workspaceId !== workspace.id) return undefined
  return { objectId: record.objectId, recordId }
}
