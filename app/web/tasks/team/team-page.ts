// The team page: one line a member, with links to their tasks.
import { taskListAddress, teamAddress, type ListAddress } from '../../addresses.ts'
import { avatar } from '../../ui/avatar.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { workspaceDot, workspaceHues, type WorkspaceHues } from '../../ui/hue.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { pager } from '../../ui/pager.ts'
import { appPage } from '../../ui/layout.ts'
import { numberInWords } from '../../ui/words.ts'

export type TeamPage = {
  readonly frame: AppFrame
  readonly lines: readonly TeamRow[]
  /** false when members without open tasks are left out */
  readonly isWhole: boolean
  readonly page: number
  readonly pages: number
  /** the only workspace shown */
  readonly workspace?: string | undefined
}

export type TeamRow = {
  /** absent for tasks without an assignee */
  readonly member?: { readonly memberId: string; readonly name: string; readonly isMe: boolean }
  readonly connectionId: string
  readonly overdue: number
  readonly today: number
  readonly open: number
}

export function teamPage(page: TeamPage): Html {
  const { frame, isWhole, lines, workspace } = page
  return appPage(frame, {
    title: 'Team',
    current: { kind: 'team' },
    refreshOnReturn: true,
    body: html`<header class="view"><h1 id="title">Team</h1></header>
      ${onlyWorkspace(page)}
      ${
        lines.length === 0
          ? html`<div class="emptiness">
              ${icon('team')}
              <h2>No members yet</h2>
              <p>Members appear here once Taskr has read them from Attio.</p>
            </div>`
          : html`${table(lines, frame, workspace)}
            ${isWhole ? '' : html`<p class="hint">Members without open tasks aren’t listed.</p>`}
            ${pager(page, (number) => teamAddress({ workspace, page: number }), 'the team')}`
      }`,
  })
}

function onlyWorkspace({ frame, workspace }: TeamPage): Html {
  const only = frame.workspaces.find(({ connectionId }) => connectionId === workspace)
  if (only === undefined) return html``
  return html`<ul class="narrowed" aria-label="Filters">
    <li class="chip">
      <a href="${teamAddress()}"
        ><span class="visually-hidden">Remove filter </span><bdi>${only.workspaceName}</bdi>${icon(
          'close',
        )}</a
      >
    </li>
  </ul>`
}

function table(lines: readonly TeamRow[], frame: AppFrame, workspace: string | undefined): Html {
  const hues =
    frame.workspaces.length > 1 && workspace === undefined
      ? workspaceHues(frame.workspaces)
      : undefined
  return html`<table class="team" aria-labelledby="title">
    <thead>
      <tr>
        <th scope="col">Member</th>
        <th scope="col">Overdue</th>
        <th scope="col">Today</th>
        <th scope="col">Open</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map((line) => tableRow(line, hues, frame))}
    </tbody>
  </table>`
}

function tableRow(line: TeamRow, hues: WorkspaceHues | undefined, frame: AppFrame): Html {
  const { member, connectionId, overdue, today, open } = line
  const list: ListAddress = {
    view: 'open',
    whose: member === undefined ? 'unassigned' : 'everyone',
    member: member?.memberId,
    workspace: frame.workspaces.length > 1 ? connectionId : undefined,
    page: 1,
  }
  const name = member?.name ?? 'Unassigned'
  return html`<tr>
    <th scope="row">
      <a href="${taskListAddress(list)}"
        >${
          member === undefined
            ? html`<span class="who" aria-hidden="true"></span>`
            : avatar({ name }, 'decoration')
        }<bdi>${name}</bdi>${member?.isMe === true ? html`<span class="you">you</span>` : ''}${
          hues === undefined
            ? ''
            : workspaceDot({ connectionId, workspaceName: workspaceOf(connectionId, frame) }, hues)
        }</a
      >
    </th>
    <td ${overdue > 0 ? html`data-late` : ''}>
      ${countLink(overdue, `${name}: overdue`, { ...list, view: 'overdue' })}
    </td>
    <td>${countLink(today, `${name}: today`, { ...list, view: 'today' })}</td>
    <td>${countLink(open, `${name}: open`, list)}</td>
  </tr>`
}

function countLink(count: number, what: string, address: ListAddress): Html {
  if (count === 0) return html`<span class="none">0</span>`
  return html`<a href="${taskListAddress(address)}"
    ><span class="visually-hidden">${what} </span>${numberInWords(count)}</a
  >`
}

function workspaceOf(connectionId: string, { workspaces }: AppFrame): string {
  return workspaces.find((one) => one.connectionId === connectionId)?.workspaceName ?? ''
}
