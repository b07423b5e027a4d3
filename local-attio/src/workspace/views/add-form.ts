// The form that adds a task: content, and optionally deadline, assignee and linked record.
import { html } from 'hono/html'
import { field, select } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import { tasksAddress } from '../addresses.ts'
import { memberName } from '../member-name.ts'
import { recordChoices } from '../records.ts'
import type { TaskListPage } from '../task-list-page.ts'

export function addForm(page: Omit<TaskListPage, 'view' | 'list' | 'notice'>): Html {
  const { world, workspace, form, problems } = page
  const members = world
    .membersOf(workspace.id)
    .filter((member) => member.accessLevel !== 'suspended')
    .map((member) => ({ value: member.id, label: memberName(member) }))
  return html`<form class="add" method="post" action="${tasksAddress(workspace.slug)}">
    ${field(
      { name: 'content', label: 'New task', value: form.content, more: html`maxlength="2000"` },
      problems,
    )}
    <div class="line">
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
      ${select(
        {
          name: 'assignee',
          label: 'Assignee',
          value: form.assignees[0] ?? '',
          choices: [{ value: '', label: 'Unassigned' }, ...members],
        },
        problems,
      )}
      ${select(
        {
          name: 'link',
          label: 'Linked record',
          value: form.links[0] ?? '',
          choices: [{ value: '', label: 'None' }, ...recordChoices(world, workspace)],
        },
        problems,
      )}
      <button class="primary" type="submit">Add task</button>
    </div>
  </form>`
}
