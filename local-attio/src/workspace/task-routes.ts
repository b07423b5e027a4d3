// One task: complete, reopen, re-date, reassign, link, delete.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { deleteTask, updateTask } from '../edits/tasks.ts'
import type { Env } from '../http.ts'
import type { Problem } from '../pages/fields.ts'
import { sendRefusal, sendShell } from '../pages/shell.ts'
import type { Parts } from '../parts.ts'
import { safeReturn } from '../people/safe-return.ts'
import type { Task } from '../world/entities.ts'
import { tasksAddress } from './addresses.ts'
import { noticeOf, saying } from './notices.ts'
import { readChanges, taskForm, type TaskForm } from './task-form.ts'
import { taskPage } from './views/task.ts'
import { authorOf, forMember, forMemberForm, type FormVisit, type Visit } from './visits.ts'

type Answer = Response | Promise<Response>

export function addTaskRoutes(parts: Parts, pages: Hono<Env>): void {
  const here = tasksAddress(':slug', ':taskId')
  const forTask = (answer: (visit: Visit, task: Task) => Answer) =>
    forMember(parts, (visit) => withTask(parts, visit, (task) => answer(visit, task)))
  const forTaskForm = (answer: (visit: FormVisit, task: Task) => Answer) =>
    forMemberForm(parts, (visit) => withTask(parts, visit, (task) => answer(visit, task)))

  pages.get(
    here,
    forTask((visit, task) => sendTask(parts, visit, task)),
  )
  pages.post(
    here,
    forTaskForm((visit, task) => change(parts, visit, task)),
  )
  pages.post(
    `${here}/completion`,
    forTaskForm((visit, task) => complete(parts, visit, task)),
  )
  pages.post(
    `${here}/deletion`,
    forTaskForm((visit, task) => {
      deleteTask(authorOf(parts, visit), task)
      return visit.c.redirect(saying(tasksAddress(visit.workspace.slug), 'deleted'), 303)
    }),
  )
}

function change(parts: Parts, visit: FormVisit, task: Task): Answer {
  const form = taskForm(visit.form)
  const read = readChanges(parts.world, visit.workspace, form)
  if (read.kind === 'refused') return sendTask(parts, visit, task, { form, ...read })
  updateTask(authorOf(parts, visit), task, read.task)
  const address = tasksAddress(visit.workspace.slug, task.id)
  return visit.c.redirect(saying(address, 'changed'), 303)
}

/** Completes the task, or reopens it. */
function complete(parts: Parts, visit: FormVisit, task: Task): Answer {
  const isCompleted = visit.form.get('completed') === 'yes'
  updateTask(authorOf(parts, visit), task, { isCompleted })
  const back = safeReturn(visit.form.get('return_to') ?? undefined)
  return visit.c.redirect(saying(back, isCompleted ? 'completed' : 'reopened'), 303)
}

function withTask(parts: Parts, visit: Visit, answer: (task: Task) => Answer): Answer {
  const task = parts.world.tasks.get(visit.c.req.param('taskId') ?? '')
  if (task?.workspaceId === visit.workspace.id) return answer(task)
  const list = tasksAddress(visit.workspace.slug)
  return sendRefusal(parts, visit.c, {
    status: 404,
    title: 'No such task',
    text: html`It may have been deleted. <a href="${list}">All tasks</a>`,
  })
}

function sendTask(
  parts: Parts,
  { c, member, workspace }: Visit,
  task: Task,
  refused?: { readonly form: TaskForm; readonly problems: readonly Problem[] },
): Promise<Response> {
  return sendShell(parts, c, {
    title: `Task · ${workspace.name}`,
    status: refused ? 400 : 200,
    returnTo: tasksAddress(workspace.slug, task.id),
    content: taskPage({
      world: parts.world,
      workspace,
      member,
      task,
      ...(refused ? { refused } : { notice: noticeOf(c) }),
    }),
  })
}
