// Edits a task's assignees, with a checkbox for each member.
import { addressOf, paths } from '../../addresses.ts'
import { actionForm, type Here } from '../../ui/action-form.ts'
import { avatar } from '../../ui/avatar.ts'
import { html, type Html } from '../../ui/html.ts'
import { listInWords } from '../../ui/words.ts'
import type { TaskRow } from './task-row.ts'

export type MemberChoice = {
  readonly memberId: string
  readonly name: string
  readonly isAssigned: boolean
  readonly isMe: boolean
}

export function assigneesPanel(
  task: Pick<TaskRow, 'connectionId' | 'taskId' | 'assignees' | 'isWritable'>,
  members: readonly MemberChoice[],
  here: Here,
): Html {
  return html`<section class="part" id="assignees" aria-labelledby="assignees-title">
    <h2 id="assignees-title">Assignees</h2>
    <div>
      ${
        task.isWritable === true
          ? form(task, members, here)
          : html`<p>${namesOf(task.assignees.map(({ name }) => name))}</p>`
      }
    </div>
  </section>`
}

function namesOf(names: readonly string[]): string {
  return names.length === 0 ? 'Unassigned' : listInWords(names)
}

function form(
  { connectionId, taskId, assignees }: Pick<TaskRow, 'connectionId' | 'taskId' | 'assignees'>,
  members: readonly MemberChoice[],
  here: Here,
): Html {
  if (members.length === 0) return html`<p class="hint">Members haven’t arrived yet.</p>`
  const active = new Set(members.map(({ memberId }) => memberId))
  const former = assignees.filter(({ memberId }) => !active.has(memberId))
  return actionForm(here, {
    address: addressOf(paths.assignees, { connectionId, taskId }),
    inside: html`<input
        type="hidden"
        name="shown"
        value="${assignees.map(({ memberId }) => memberId).join(' ')}"
      />
      <fieldset class="members">
        <legend class="visually-hidden">Assigned to</legend>
        ${members.map((member) => choice(member, member.isMe ? 'you' : ''))}
        ${former.map(({ memberId, name }) =>
          choice({ memberId, name, isAssigned: true }, 'no longer active'),
        )}
      </fieldset>
      <button type="submit">Save assignees</button>`,
  })
}

function choice({ memberId, name, isAssigned }: Omit<MemberChoice, 'isMe'>, detail: string): Html {
  return html`<label class="check"
    ><input
      type="checkbox"
      name="assignee[]"
      value="${memberId}"
      ${isAssigned ? html`checked` : ''}
    />
    ${avatar({ id: memberId, name }, 'decoration')}<bdi>${name}</bdi>${
      detail === '' ? '' : html`<span class="detail">${detail}</span>`
    }</label
  >`
}
