// Quick add: one line for a new task. The script shows its meaning as chips; without the script, controls below the line
// choose workspace, date and assignee.
import { paths, type ListAddress, type ListView } from '../../addresses.ts'
import { actionForm } from '../../ui/action-form.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'

export type QuickAdd = {
  /** the writable workspaces; without any, quick add is not shown */
  readonly targets: readonly QuickAddTarget[]
  /** a date like `2026-11-23` that the view shows, so that the task appears in it */
  readonly today: string
  readonly tomorrow: string
  /** the text of a refused task */
  readonly refused?: RefusedTask | undefined
}

export type QuickAddTarget = {
  readonly connectionId: string
  readonly workspaceName: string
}

export type RefusedTask = {
  readonly content: string
  readonly date: string
  readonly connectionId: string
  readonly isMine: boolean
  readonly problem: string
}

export function quickAdd(add: QuickAdd, query: ListAddress, frame: AppFrame): Html {
  const { targets, refused } = add
  const isLocked =
    query.workspace !== undefined &&
    !targets.some(({ connectionId }) => connectionId === query.workspace)
  if (isLocked || targets.length === 0) {
    return html`${isLocked ? locked() : ''}${refused === undefined ? '' : unsaved(refused)}`
  }
  const filled = refused ?? emptyTask(add, query)
  const here = { returnTo: frame.address, requestKey: frame.requestKey }
  const form = actionForm(here, {
    address: paths.tasks,
    className: 'add',
    ...(refused === undefined ? { sheet: 'add' } : {}),
    inside: html`<input type="hidden" name="today" value="${add.today}" />
      ${icon('plus')}
      <label class="visually-hidden" for="add-content">Add a task</label>
      <input
        id="add-content"
        name="content"
        type="text"
        required
        autocomplete="off"
        enterkeyhint="done"
        placeholder="Send NDA tomorrow 3pm @sam #umbrella"
        aria-keyshortcuts="q"
        value="${filled.content}"
        ${refused === undefined ? '' : html`aria-invalid="true" aria-describedby="add-problem"`}
        ${refused === undefined ? '' : html`autofocus`}
      />
      <div class="chips" data-chips></div>
      <div class="how">
        ${workspaceChoice(targets, filled.connectionId)}
        <label class="check"
          ><input type="checkbox" name="isMine" value="yes" ${filled.isMine ? html`checked` : ''} />
          For me</label
        >
        <label class="visually-hidden" for="add-date">Due date</label>
        <input id="add-date" name="date" type="date" value="${filled.date}" />
      </div>
      <button class="primary" type="submit" aria-label="Add the task">Add</button>
      ${
        refused === undefined
          ? ''
          : html`<p class="message" id="add-problem" role="alert">${refused.problem}</p>`
      }`,
  })
  return html`<button class="add-open primary" type="button" popovertarget="add">
      ${icon('plus')}<span class="visually-hidden">Add</span>
    </button>
    ${form}`
}

function locked(): Html {
  return html`<p class="add-locked">${icon('lock')}Read-only in that workspace.</p>`
}

/** Shows a task that can be added nowhere by now, so that its text can be copied. */
function unsaved({ content, problem }: RefusedTask): Html {
  return html`<p class="message" id="add-problem" role="alert">${problem}</p>
    <textarea readonly rows="3" dir="auto" aria-label="Not added" aria-describedby="add-problem">
${content}</textarea>`
}

/** Makes a new task fit its view, so that it appears there: due today in Today, unassigned in Unassigned. */
function emptyTask({ targets, today, tomorrow }: QuickAdd, query: ListAddress) {
  const chosen = targets.find(({ connectionId }) => connectionId === query.workspace) ?? targets[0]
  return {
    content: '',
    date: dateIn(query.view, { today, tomorrow }),
    connectionId: chosen?.connectionId ?? '',
    isMine: query.whose !== 'unassigned',
  }
}

function dateIn(view: ListView, { today, tomorrow }: Pick<QuickAdd, 'today' | 'tomorrow'>): string {
  if (view === 'today' || view === 'due-today') return today
  return view === 'tomorrow' || view === 'upcoming' ? tomorrow : ''
}

function workspaceChoice(targets: readonly QuickAddTarget[], chosen: string): Html {
  const [only] = targets
  // The workspace that the person chose cannot be written to by now: they choose another, and none is chosen for them.
  const isChosenGone = !targets.some(({ connectionId }) => connectionId === chosen)
  if (targets.length === 1 && only !== undefined && !isChosenGone) {
    return html`<input type="hidden" name="connectionId" value="${only.connectionId}" />`
  }
  return html`<label class="visually-hidden" for="add-workspace">Workspace</label>
    <select id="add-workspace" name="connectionId" ${isChosenGone ? html`required` : ''}>
      ${isChosenGone ? html`<option value="" selected>Choose a workspace</option>` : ''}
      ${targets.map(
        ({ connectionId, workspaceName }) =>
          html`<option value="${connectionId}" ${connectionId === chosen ? html`selected` : ''}>
            ${workspaceName}
          </option>`,
      )}
    </select>`
}
