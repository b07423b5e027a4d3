// The list of tasks, and the form above it.
import type { Hono } from 'hono'
import type { Env } from '../http.ts'
import { createTask } from '../edits/tasks.ts'
import type { Problem } from '../pages/fields.ts'
import { sendShell } from '../pages/shell.ts'
import type { Parts } from '../parts.ts'
import { listAddress, tasksAddress, type View } from './addresses.ts'
import { noticeOf, saying } from './notices.ts'
import { emptyForm, readNewTask, taskForm, type TaskForm } from './task-form.ts'
import { listTasks } from './task-list.ts'
import { taskListPage } from './views/task-list.ts'
import { authorOf, forMember, forMemberForm, type Visit } from './visits.ts'

export function addTaskListRoutes(parts: Parts, pages: Hono<Env>): void {
  const { world, clock } = parts

  const sendList = (
    visit: Visit,
    typed: { readonly form: TaskForm; readonly problems: readonly Problem[] },
  ): Promise<Response> => {
    const { c, workspace, member } = visit
    const view: View = c.req.query('view') === 'done' ? 'done' : 'open'
    const now = clock.now()
    const list = listTasks(world, workspace.id, { view, page: pageOf(c.req.query('page')), now })
    const isRefused = typed.problems.length > 0
    return sendShell(parts, c, {
      title: `Tasks · ${workspace.name}`,
      status: isRefused ? 400 : 200,
      returnTo: listAddress(workspace.slug, view, list.page),
      content: taskListPage({
        world,
        workspace,
        member,
        view,
        now,
        list,
        ...typed,
        notice: isRefused ? undefined : noticeOf(c),
      }),
    })
  }

  pages.get(
    tasksAddress(':slug'),
    forMember(parts, (visit) => sendList(visit, { form: emptyForm, problems: [] })),
  )

  pages.post(
    tasksAddress(':slug'),
    forMemberForm(parts, (visit) => {
      const form = taskForm(visit.form)
      const read = readNewTask(world, visit.workspace, form)
      if (read.kind === 'refused') return sendList(visit, { form, problems: read.problems })
      createTask(authorOf(parts, visit), read.task)
      return visit.c.redirect(saying(tasksAddress(visit.workspace.slug), 'added'), 303)
    }),
  )
}

function pageOf(text: string | undefined): number {
  return /^[1-9]\d{0,5}$/.test(text ?? '') ? Number(text) : 1
}
