// One overdue task in full focus, with a button for each decision; at the end, how many were done, moved and skipped.
import { clearingAddress, paths, taskAddress, type ListFilters } from '../../addresses.ts'
import { ageInWords } from './age.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { appPage } from '../../ui/layout.ts'
import {
  calendarDay,
  counted,
  deadlineInWords,
  isoInstant,
  numberInWords,
  taskTitle,
} from '../../ui/words.ts'
import { linkedRecord, recordIconSheet, type TaskRow } from './task-row.ts'

export type ClearingPage = {
  readonly frame: AppFrame
  readonly list: ListFilters & {
    /** the decisions so far */
    readonly state: string
  }
  /** absent when every task is decided */
  readonly task: TaskRow | undefined
  readonly position: { readonly at: number; readonly total: number }
  readonly counts: DecisionCounts
  /** given while the person chooses to whom to give the task */
  readonly members?: readonly { readonly memberId: string; readonly name: string }[] | undefined
  /** the search for a member; absent when all members are listed */
  readonly memberSearch?: string | undefined
  /** the list to return to */
  readonly back: string
}

export type DecisionCounts = {
  readonly done: number
  readonly moved: number
  readonly given: number
  readonly skipped: number
}

export function clearingPage(page: ClearingPage): Html {
  const { frame, task } = page
  return appPage(frame, {
    title: task === undefined ? 'All decided' : 'Clear overdue tasks',
    current: { kind: 'none' },
    body: html`<div class="clearing">
      <p class="way-back">
        <a href="${page.back}" data-key="Escape">${icon('arrow')}Back to Today</a>
      </p>
      ${task === undefined ? summary(page) : card(page, task)}
    </div>`,
  })
}

function card(page: ClearingPage, task: TaskRow): Html {
  const { at, total } = page.position
  return html`<article aria-labelledby="title" data-edits="${task.connectionId}">
    <p class="position" role="status">${numberInWords(at)} of ${numberInWords(total)}</p>
    <progress value="${at - 1}" max="${total}" aria-label="Decided"></progress>
    ${recordIconSheet()}
    <h1 id="title" dir="auto">
      <a href="${taskAddress(task, { from: clearingAddress(page.list) })}"
        >${taskTitle(task.content)}</a
      >
    </h1>
    <div class="facts">${age(task, page)} ${task.linkedRecords.map(linkedRecord)}</div>
    ${page.members === undefined ? choices(page, task) : giving(page, task)}
  </article>`
}

function age({ deadlineAt }: TaskRow, { frame }: ClearingPage): Html {
  if (deadlineAt === null) return html``
  const { days, full } = deadlineInWords(deadlineAt, {
    now: frame.now,
    timeZone: frame.account.timeZone,
  })
  const words = days === -1 ? 'Due yesterday' : `Overdue for ${ageInWords(-days)}`
  return html`<time datetime="${isoInstant(deadlineAt)}" title="${full}" data-late>${words}</time>`
}

const buttons = [
  { decision: 'done', label: 'Done', key: 'e' },
  { decision: 'today', label: 'Today', key: 't' },
  { decision: 'tomorrow', label: 'Tomorrow', key: 'm' },
  { decision: 'next-monday', label: 'Next week', key: 'w' },
] as const

function choices(page: ClearingPage, task: TaskRow): Html {
  const give = clearingAddress({ ...page.list, isGiving: true })
  const isFirst = page.position.at === 1
  return decisionForm(
    page,
    task,
    html`<div class="decisions">
        ${buttons.map(
          ({ decision, label, key }) =>
            html`<button
              type="submit"
              name="decision"
              value="${decision}"
              ${decision === 'done' ? html`class="primary"` : ''}
              aria-keyshortcuts="${key}"
              data-key="${key}"
            >
              ${label}<kbd aria-hidden="true">${key}</kbd>
            </button>`,
        )}
        <a class="button" href="${give}" aria-keyshortcuts="a" data-key="a"
          >Give away<kbd aria-hidden="true">a</kbd></a
        >
        <button type="submit" name="decision" value="skipped" aria-keyshortcuts="s" data-key="s">
          Skip<kbd aria-hidden="true">s</kbd>
        </button>
      </div>
      ${isFirst ? '' : backButton()}`,
  )
}

function backButton(): Html {
  return html`<button
    class="quiet"
    type="submit"
    name="decision"
    value="back"
    aria-keyshortcuts="z"
    data-key="z"
  >
    Back<kbd aria-hidden="true">z</kbd>
  </button>`
}

function giving(page: ClearingPage, task: TaskRow): Html {
  const { members = [], list, memberSearch = '' } = page
  const noMatch =
    members.length === 0 && memberSearch !== ''
      ? html`<p role="status">No members match “<bdi>${memberSearch}</bdi>”.</p>`
      : ''
  return html`${memberSearchForm(page)}${noMatch}${decisionForm(
    page,
    task,
    html`<div class="give">
      <label for="give">Give to</label>
      <select id="give" name="assignee[]" required autofocus>
        ${members.map(({ memberId, name }) => html`<option value="${memberId}">${name}</option>`)}
      </select>
      <button class="primary" type="submit" name="decision" value="given">Give away</button>
      <a class="button" href="${clearingAddress(list)}">Cancel</a>
    </div>`,
  )}`
}

function memberSearchForm({ list, memberSearch }: ClearingPage): Html {
  if (memberSearch === undefined) return html``
  return html`<form
    class="give"
    role="search"
    aria-label="Members"
    method="get"
    action="${paths.clearing}"
  >
    ${hiddenFields(list)}
    <input type="hidden" name="give" value="yes" />
    <label for="find-member">Find a member</label>
    <input
      id="find-member"
      name="find"
      type="search"
      required
      maxlength="256"
      autocomplete="off"
      placeholder="Name or email"
      value="${memberSearch}"
    />
    <button type="submit">Search</button>
  </form>`
}

function hiddenFields(list: ClearingPage['list']) {
  return listFields(list).map(([name, value]) =>
    value === undefined ? '' : html`<input type="hidden" name="${name}" value="${value}" />`,
  )
}

function decisionForm(page: ClearingPage, task: TaskRow | undefined, inside: Html): Html {
  const { frame, list } = page
  return html`<form method="post" action="${paths.clearing}" data-morph>
    <input type="hidden" name="requestKey" value="${frame.requestKey()}" />
    ${hiddenFields(list)}
    ${
      task === undefined
        ? ''
        : html`<input type="hidden" name="connectionId" value="${task.connectionId}" />
            <input type="hidden" name="taskId" value="${task.taskId}" />
            <input
              type="hidden"
              name="shown"
              value="${task.assignees.map(({ memberId }) => memberId).join(' ')}"
            />
            <input type="hidden" name="today" value="${todayOn(frame)}" />`
    }
    ${inside}
  </form>`
}

/** Returns the day that the page shows as today. */
function todayOn({ account, now }: AppFrame): string {
  return calendarDay({ now, timeZone: account.timeZone })
}

function listFields({ whose, workspace, member, record, text, state }: ClearingPage['list']) {
  return [
    ['whose', whose],
    ['workspace', workspace],
    ['member', member],
    ['record', record],
    ['q', text],
    ['state', state],
  ] as const
}

function summary(page: ClearingPage): Html {
  const { counts, back } = page
  const { done, moved, given, skipped } = counts
  const all = done + moved + given + skipped
  const parts = [
    done === 0 ? '' : `${numberInWords(done)} done`,
    moved === 0 ? '' : `${numberInWords(moved)} moved`,
    given === 0 ? '' : `${numberInWords(given)} given away`,
    skipped === 0 ? '' : `${numberInWords(skipped)} skipped`,
  ].filter((part) => part !== '')
  return html`<div class="emptiness">
    ${icon('done')}
    <h1 id="title">${all === 0 ? 'Nothing is overdue' : 'That’s all of them'}</h1>
    <p role="status">
      ${all === 0 ? 'You’re caught up.' : `${counted(all, 'task')} decided: ${parts.join(', ')}.`}
    </p>
    <a class="button primary" href="${back}" autofocus>Go to Today</a>
    ${all === 0 ? '' : decisionForm(page, undefined, backButton())}
  </div>`
}
