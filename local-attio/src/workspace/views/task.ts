// The page of one task: its content, its fields, and deletion.
import { html } from 'hono/html'
import { field, noticeLine, select, type Problem } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import { moment } from '../../pages/moments.ts'
import type { Member, Workspace } from '../../world/access.ts'
import type { Actor, Task } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'
import { tasksAddress } from '../addresses.ts'
import { memberName } from '../member-name.ts'
import { recordChoices, recordName } from '../records.ts'
import type { TaskForm } from '../task-form.ts'
import { switchForm } from './switch.ts'

export type TaskPage = {
  readonly world: World
  readonly workspace: Workspace
  readonly member: Member
  readonly task: Task
  readonly notice?: string | undefined
  readonly refused?: { readonly form: TaskForm; readonly problems: readonly Problem[] }
}

export function taskPage(page: TaskPage): Html {
  const { world, workspace, member, task, notice } = page
  const here = tasksAddress(workspace.slug, task.id)
  return html`<header class="head">
      <p class="above"><a href="${tasksAddress(workspace.slug)}">${workspace.name}</a></p>
      <div class="beside">${switchForm(world, workspace, { me: member, returnTo: here })}</div>
    </header>
    ${noticeLine(notice)}
    <h1 class="text" dir="auto" ${task.isCompleted ? html`data-done` : ''}>${task.content}</h1>
    <form class="completion" method="post" action="${here}/completion">
      <input type="hidden" name="return_to" value="${here}" />
      <button
        ${task.isCompleted ? '' : html`class="primary"`}
        type="submit"
        name="completed"
        value="${task.isCompleted ? 'no' : 'yes'}"
      >
        ${task.isCompleted ? 'Reopen task' : 'Complete task'}
      </button>
    </form>
    <section class="panel" aria-label="Details">${details(page, here)}</section>
    <section class="panel" aria-labelledby="facts">
      <h2 id="facts">What Attio keeps</h2>
      ${facts(world, task)}
      <details class="disclosure danger">
        <summary>Delete task</summary>
        <form method="post" action="${here}/deletion">
          <button class="danger" type="submit">Yes, delete it for good</button>
        </form>
      </details>
    </section>`
}

function details({ world, workspace, task, refused }: TaskPage, here: string): Html {
  const form = refused?.form ?? formOf(task)
  const problems = refused?.problems ?? []
  const linked = new Set(form.links)
  const members = world
    .membersOf(workspace.id)
    .filter(({ id, accessLevel }) => accessLevel !== 'suspended' || form.assignees.includes(id))
  return html`<form class="stack wide" method="post" action="${here}">
    ${field(
      {
        name: 'deadline',
        label: 'Deadline (UTC)',
        type: 'datetime-local',
        value: form.deadline,
        isOptional: true,
        more: html`step="any"`,
      },
      problems,
    )}
    <fieldset class="field">
      <legend>Assignees</legend>
      <div class="boxes">
        ${members.map((one) =>
          box('assignees[]', one.id, memberName(one), form.assignees.includes(one.id)),
        )}
      </div>
    </fieldset>
    ${
      task.linkedRecords.length === 0
        ? ''
        : html`<fieldset class="field">
            <legend>Linked records</legend>
            <div class="boxes">
              ${task.linkedRecords.map((link) =>
                box(
                  'links[]',
                  link.recordId,
                  recordName(world, link.recordId),
                  linked.has(link.recordId),
                ),
              )}
            </div>
          </fieldset>`
    }
    ${select(
      {
        name: 'link',
        label: task.linkedRecords.length === 0 ? 'Linked record' : 'Link another record',
        choices: [
          { value: '', label: 'None' },
          ...recordChoices(world, workspace).filter(({ value }) => !linked.has(value)),
        ],
      },
      problems,
    )}
    <button type="submit">Save changes</button>
  </form>`
}

function box(name: string, value: string, label: string, isChecked: boolean): Html {
  return html`<label class="box"
    ><input type="checkbox" name="${name}" value="${value}" ${isChecked ? 'checked' : ''} /><bdi
      >${label}</bdi
    ></label
  >`
}

function formOf(task: Task): TaskForm {
  return {
    content: task.content,
    deadline: task.deadlineAt === null ? '' : localDateTime(task.deadlineAt),
    assignees: task.assigneeIds,
    links: task.linkedRecords.map(({ recordId }) => recordId),
  }
}

/** As a datetime-local field wants it, to the millisecond only where there are any. */
function localDateTime(at: number): string {
  return new Date(at)
    .toISOString()
    .slice(0, -1)
    .replace(/(?::00)?\.000$/, '')
}

function facts(world: World, task: Task): Html {
  return html`<dl class="facts">
    <div>
      <dt>Created</dt>
      <dd>${moment(task.createdAt)}</dd>
    </div>
    <div>
      <dt>By</dt>
      <dd>${actorInWords(world, task.createdByActor)}</dd>
    </div>
    <div>
      <dt>Completed</dt>
      <dd>${task.completedAt === null ? 'not yet' : moment(task.completedAt)}</dd>
    </div>
    <div>
      <dt>Task ID</dt>
      <dd><code>${task.id}</code></dd>
    </div>
  </dl>`
}

function actorInWords(world: World, { type, id }: Actor): string {
  const member = world.members.get(id ?? '')
  if (type === 'workspace-member' && member) return memberName(member)
  return type === 'app' ? (world.apps.get(id ?? '')?.name ?? 'an app') : `the ${type}`
}
