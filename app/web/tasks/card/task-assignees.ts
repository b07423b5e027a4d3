// Edits a task's assignees, with a checkbox for each member, or for those that a search finds among many.
import { addressOf, paths, taskAddress } from '../../addresses.ts'
import { actionForm, type Here } from '../../ui/action-form.ts'
import { avatar } from '../../ui/avatar.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { listInWords } from '../../ui/words.ts'
import type { TaskRow } from '../views/task-row.ts'

export type MemberChoice = {
  readonly memberId: string
  readonly name: string
  readonly isAssigned: boolean
  readonly isMe: boolean
}

export function assigneesPill(
  task: Pick<TaskRow, 'connectionId' | 'taskId' | 'assignees' | 'isWritable'>,
  members: readonly MemberChoice[],
  setting: Setting,
): Html {
  const { assignees } = task
  const names = assignees.map(({ name }) => name)
  const inside = html`<span class="visually-hidden">Assignees:</span
    ><span class="pill-inside" data-part="assignees"
      >${
        names.length === 0
          ? html`${icon('person')}Unassigned`
          : html`${assignees.slice(0, 3).map((member) => avatar(member, 'decoration'))}<bdi
                >${listInWords(names)}</bdi
              >`
      }</span
    >`
  if (task.isWritable !== true) return html`<span class="pill">${inside}</span>`
  const { search = '' } = setting
  return html`<details
    class="pill-part"
    name="pill"
    id="assignees"
    ${search === '' ? '' : html`open`}
  >
    <summary class="pill" data-key="a" aria-keyshortcuts="a">${inside}</summary>
    <div class="opened">${searchForm(task, setting)} ${form(task, members, setting)}</div>
  </details>`
}

type Setting = {
  readonly stay: Here
  readonly from: string
  /** the searched words; absent when the page lists every member */
  readonly search: string | undefined
}

function searchForm(
  task: Pick<TaskRow, 'connectionId' | 'taskId'>,
  { from, search }: Setting,
): Html {
  if (search === undefined) return html``
  return html`<form
    class="find"
    role="search"
    aria-label="Members"
    method="get"
    action="${taskAddress(task)}#assignees"
  >
    <input type="hidden" name="from" value="${from}" />
    <label class="visually-hidden" for="find-member">Find a member</label>
    <div class="row">
      <input
        id="find-member"
        name="member"
        type="search"
        required
        maxlength="256"
        autocomplete="off"
        placeholder="Name or email"
        value="${search}"
      />
      <button type="submit">Search</button>
    </div>
  </form>`
}

function form(
  { connectionId, taskId, assignees }: Pick<TaskRow, 'connectionId' | 'taskId' | 'assignees'>,
  members: readonly MemberChoice[],
  { search = '', stay }: Setting,
): Html {
  const answer =
    search !== '' && members.every(({ isAssigned }) => isAssigned)
      ? html`<p class="answer" role="status">No other members match “<bdi>${search}</bdi>”.</p>`
      : ''
  if (members.length === 0) {
    return html`${answer === '' ? html`<p class="hint">Members haven’t arrived yet.</p>` : answer}`
  }
  const active = new Set(members.map(({ memberId }) => memberId))
  const former = assignees.filter(({ memberId }) => !active.has(memberId))
  return actionForm(stay, {
    address: addressOf(paths.assignees, { connectionId, taskId }),
    inside: html`<input
        type="hidden"
        name="shown"
        value="${assignees.map(({ memberId }) => memberId).join(' ')}"
      />
      ${answer}
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
    ${avatar({ name }, 'decoration')}<bdi>${name}</bdi>${
      detail === '' ? '' : html`<span class="detail">${detail}</span>`
    }</label
  >`
}
