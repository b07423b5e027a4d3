// The row of a task that is being added: it stands where the answer will put it, until the answer takes its place. A
// refused task goes back into the field, with the reason.
import { avatarOf, type Member } from '../in-place/assignee-popover.ts'
import type { Due } from '../in-place/due.ts'
import { element } from '../in-place/element.ts'
import { showDue } from '../in-place/show-in-row.ts'
import { pageAddress } from '../page-address.ts'
import { glide } from '../rows/glide.ts'
import { remove } from '../rows/groups.ts'
import { pageShown } from '../page-shown.ts'
import { say } from '../show-toast.ts'
import { addControl, addForm, addLine, chosenConnection } from './add-form.ts'

export type TypedTask = {
  /** the line as it was typed */
  readonly line: string
  readonly content: string
  readonly due: Due | undefined
  readonly people: readonly Member[]
  readonly records: readonly string[]
}

export type Adding = {
  /** Takes the row away, as the page of the answer is about to be shown. */
  readonly end: () => void
  /** Puts the text back into the field, and says why it was not added. */
  readonly giveBack: (reason: string) => void
}

/** Shows the task of the line in the list. */
export function showAdding(task: TypedTask): Adding {
  const due = task.due ?? { day: valueOf('date'), time: '' }
  const row = rowOf(task)
  const known = new Set(shownTasks(task).map(({ id }) => id))
  const put = (): void => {
    row.remove()
    // A refetched page may have the task before its answer is there.
    if (shownTasks(task).some(({ id }) => !known.has(id)) || !isInList(task)) return
    row.hidden = false
    delete row.dataset['gone']
    showDue(row, due)
  }
  glide(put)
  if (!row.checkVisibility()) say(`Adding “${task.content}”…`)
  document.addEventListener(pageShown, put)
  const end = (): void => document.removeEventListener(pageShown, put)
  return {
    end: () => {
      end()
      row.remove()
    },
    giveBack: (reason) => {
      end()
      remove(row)
      giveBack(task.line, reason)
    },
  }
}

function giveBack(line: string, reason: string): void {
  const field = addLine()
  if (field === null) return
  if (field.value === '') field.value = line
  field.setAttribute('aria-invalid', 'true')
  const again = element('button', { type: 'button', class: 'link' }, `Edit “${line}”`)
  again.addEventListener('click', () => {
    field.value = line
    again.remove()
    field.focus()
  })
  const problem =
    document.querySelector('#add-problem') ??
    element('p', { class: 'message', id: 'add-problem', role: 'alert', 'data-script': '' }, reason)
  addForm()?.append(problem)
  // What was typed meanwhile stays.
  if (field.value !== line) problem.append(' ', again)
  field.focus()
}

function rowOf({ content, people, records }: TypedTask): HTMLElement {
  const chips = records.map((name) =>
    element('span', { class: 'record' }, element('bdi', {}, name)),
  )
  return element(
    'li',
    { class: 'task', 'data-script': '', 'data-new': '' },
    element('span', { class: 'checkbox' }),
    element(
      'div',
      { class: 'line' },
      element('p', { class: 'what', dir: 'auto' }, content),
      element('span', { class: 'records' }, ...chips),
      element('span', { class: 'wait' }, 'Adding…'),
    ),
    element('span', { class: 'whose' }, ...people.slice(0, 2).map(avatarOf)),
    element('span', { class: 'when' }),
  )
}

/** True when the list shows such a task; a search or a record may or may not match. */
function isInList({ people }: TypedTask): boolean {
  const { searchParams: filters } = pageAddress()
  const isNarrowed = ['q', 'record', 'member'].some((name) => filters.has(name))
  const workspace = filters.get('workspace') ?? chosenConnection()
  if (isNarrowed || workspace !== chosenConnection()) return false
  const mine = addControl('isMine')
  const isMine = people.length === 0 && mine instanceof HTMLInputElement && mine.defaultChecked
  switch (filters.get('whose')) {
    case 'everyone':
      return true
    case 'unassigned':
      return people.length === 0 && !isMine
    default:
      return isMine || people.some(({ isMe }) => isMe)
  }
}

function shownTasks({ content }: TypedTask): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main .task[id]')].filter(
    (row) => row.querySelector('.what')?.textContent?.trim() === content,
  )
}

function valueOf(name: string): string {
  const control = addControl(name)
  return control instanceof HTMLInputElement ? control.value : ''
}
