// /_control/workspaces/:workspace/members/:member/tasks: edits by a member, as in Attio's own app.
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import type { Control } from '../control/control.ts'
import type { ActingMember } from '../control/acting-member.ts'
import type { Env } from '../http.ts'
import { instant } from './instants.ts'
import { answerOrRefuse, readJson } from './json.ts'

const changes = {
  deadlineAt: instant.nullable().exactOptional(),
  isCompleted: z.boolean().exactOptional(),
  linkedRecords: z
    .array(z.strictObject({ objectId: z.string(), recordId: z.string() }))
    .exactOptional(),
  assigneeIds: z.array(z.string()).exactOptional(),
}
const newTask = z.strictObject({ content: z.string(), ...changes })
const taskChanges = z.strictObject(changes)

export function addMemberTaskRoutes(control: Control, routes: Hono<Env>): void {
  const path = '/_control/workspaces/:workspace/members/:member/tasks'

  routes.post(path, async (c) => {
    const read = await readJson(c, newTask)
    if (read.kind === 'refused') return read.answer
    return answerOrRefuse(c, () => actAs(control, c).addTask(read.body), 201)
  })

  routes.patch(`${path}/:task`, async (c) => {
    const read = await readJson(c, taskChanges)
    if (read.kind === 'refused') return read.answer
    return answerOrRefuse(c, () => actAs(control, c).updateTask(c.req.param('task'), read.body))
  })

  routes.delete(`${path}/:task`, (c) =>
    answerOrRefuse(c, () => actAs(control, c).deleteTask(c.req.param('task'))),
  )
}

function actAs(control: Control, c: Context<Env>): ActingMember {
  return control.as({
    member: c.req.param('member') ?? '',
    workspace: c.req.param('workspace') ?? '',
  })
}
