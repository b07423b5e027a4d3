// A task row: checkbox, content, linked records, deadline, assignees.
import { html } from 'hono/html'
import { hueOf } from '../../pages/hue.ts'
import { icon } from '../../pages/icons.ts'
import type { Html } from '../../pages/layout.ts'
import { clockInWords, dayInWords } from '../../pages/moments.ts'
import type { Member } from '../../world/access.ts'
import type { Task } from '../../world/entities.ts'
import { listAddress, recordAddress, tasksAddress } from '../addresses.ts'
import { initials, memberName } from '../member-name.ts'
import { recordName } from '../records.ts'
import type { TaskListPage } from '../task-list-page.ts'

export function taskRow(page: TaskListPage, task: Task): Html {
  const { world, workspace, view, list, now } = page
  const here = tasksAddress(workspace.slug, task.id)
  const members = task.assigneeIds.flatMap((id) => world.members.get(id) ?? [])
  return html`<li class="task" ${task.isCompleted ? html`data-done` : ''}>
    <form method="post" action="${here}/completion">
      <input type="hidden" name="completed" value="${task.isCompleted ? 'no' : 'yes'}" />
      <input
        type="hidden"
        name="return_to"
        value="${listAddress(workspace.slug, view, list.page)}"
      />
      <button
        class="checkbox"
        type="submit"
        aria-label="${task.isCompleted ? 'Reopen' : 'Complete'}: ${task.content}"
      >
        ${icon('check')}
      </button>
    </form>
    <div class="says">
      <a class="content" href="${here}" dir="auto">${task.content}</a>
      ${task.linkedRecords.map(
        ({ recordId }) =>
          html`<a class="record" href="${recordAddress(workspace.slug, recordId)}"
            >${icon('record')}<bdi>${recordName(world, recordId)}</bdi></a
          >`,
      )}
    </div>
    ${task.deadlineAt === null ? '' : deadline(task.deadlineAt, now, !task.isCompleted)}
    ${members.length === 0 ? '' : html`<span class="whose">${members.map(circle)}</span>`}
  </li>`
}

const dayMs = 86_400_000

/** The hour when it is today, otherwise the day. */
function deadline(at: number, now: number, isOpen: boolean): Html {
  const isToday = Math.floor(at / dayMs) === Math.floor(now / dayMs)
  return html`<time
    class="when"
    datetime="${new Date(at).toISOString()}"
    ${isOpen && at < now ? html`data-late` : ''}
    >${isToday ? clockInWords(at) : dayInWords(at, now)}</time
  >`
}

function circle(member: Member): Html {
  return html`<span class="who" data-hue="${hueOf(member.id)}"
    ><span aria-hidden="true">${initials(member)}</span
    ><span class="unseen">${memberName(member)}</span></span
  >`
}
