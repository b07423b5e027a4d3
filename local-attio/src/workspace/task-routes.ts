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
import { authorOf, forMember, forMemberForm, type Visit } from './visits.ts'

type Answer = Response | Promise<Response>

export function addTaskRoutes(parts: Parts, pages: Hono<Env>): void {
  const { world } = parts
  const here = tasksAddress(':slug', ':taskId')

  const withTask = (visit: Visit, answer: (task: Task) => Answer): Answer => {
    const task = world.tasks.get(visit.c.req.param('taskId') ?? '')
    if (task?.workspaceId === visit.workspace.id) return answer(task)
    const list = tasksAddress(visit.workspace.slug)
    return sendRefusal(parts, visit.c, {
      status: 404,
      title: 'No such task',
      text: html`It may have been deleted. <a href="${list}">All tasks</a>`,
    })
  }

  const sendTask = (
    visit: Visit,
    task: Task,
    refused?: { readonly form: TaskForm; readonly problems: readonly Problem[] },
  ): Promise<Response> => {
    const { c, workspace, member } = visit
    return sendShell(parts, c, {
      title: `Task · ${workspace.name}`,
      status: refused ? 400 : 200,
      returnTo: tasksAddress(workspace.slug, task.id),
      content: taskPage({
        world,
        workspace,
        member,
        task,
        ...(refused ? { refused } : { notice: noticeOf(c) }),
      }),
    })
  }

  pages.get(
    here,
    forMember(parts, (visit) => withTask(visit, (task) => sendTask(visit, task))),
  )

  pages.post(
    here,
    forMemberForm(parts, (visit) =>
      withTask(visit, (task) => {
        const form = taskForm(visit.form)
        const read = readChanges(world, visit.workspace, form)
        if (read.kind === 'refused') return sendTask(visit, task, { form, ...read })
        updateTask(authorOf(parts, visit), task, read.task)
        const address = tasksAddress(visit.workspace.slug, task.id)
        return visit.c.redirect(saying(address, 'changed'), 303)
      }),
    ),
  )

  pages.post(
    `${here}/completion`,
    forMemberForm(parts, (visit) =>
      withTask(visit, (task) => {
        const isCompleted = visit.form.get('completed') === 'yes'
        updateTask(authorOf(parts, visit), task, { isCompleted })
        const back = safeReturn(visit.form.get('return_to') ?? undefined)
        return visit.c.redirect(saying(back, isCompleted ? 'completed' : 'reopened'), 303)
      }),
    ),
  )

  pages.post(
    `${here}/deletion`,
    forMemberForm(parts, (visit) =>
      withTask(visit, (task) => {
        deleteTask(authorOf(parts, visit), task)
        return visit.c.redirect(saying(tasksAddress(visit.workspace.slug), 'deleted'), 303)
      }),
    ),
  )
}
