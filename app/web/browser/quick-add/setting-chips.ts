// The view's defaults for a new task, as chips: workspace, assignee and date.
import { addControl } from './add-form.ts'
import { chipOf } from './chip.ts'
import { forgetContacts } from './contact-chips.ts'

/** Calls `understand` when a default was changed. */
export function settingChips(
  line: { readonly hasDate: boolean; readonly hasPerson: boolean },
  understand: () => void,
): Node[] {
  return [
    ...(line.hasDate ? [] : dateChip(understand)),
    ...(line.hasPerson ? [] : assigneeChip(understand)),
    ...workspaceChip(understand),
  ]
}

function dateChip(understand: () => void): Node[] {
  const date = addControl('date')
  if (!(date instanceof HTMLInputElement) || date.value === '') return []
  const today = document.querySelector<HTMLElement>('main')?.dataset['today']
  const label = date.value === today ? 'today' : date.value
  const remove = (): void => {
    date.value = ''
    understand()
  }
  return [chipOf({ kind: 'setting', label, hint: 'Remove the due date' }, remove)]
}

function assigneeChip(understand: () => void): Node[] {
  const mine = addControl('isMine')
  if (!(mine instanceof HTMLInputElement)) return []
  const label = mine.checked ? 'for me' : 'unassigned'
  const hint = mine.checked ? 'Leave unassigned' : 'Assign to me'
  const change = (): void => {
    mine.checked = !mine.checked
    understand()
  }
  return [chipOf({ kind: 'setting', label, hint }, change)]
}

function workspaceChip(understand: () => void): Node[] {
  const workspace = addControl('connectionId')
  if (!(workspace instanceof HTMLSelectElement)) return []
  const label = workspace.selectedOptions[0]?.textContent?.trim() ?? ''
  const change = (): void => {
    workspace.selectedIndex = (workspace.selectedIndex + 1) % workspace.options.length
    forgetContacts()
    understand()
  }
  return [chipOf({ kind: 'setting', label, hint: 'Next workspace' }, change)]
}
