// The palette's commands for the focused row, or for the selected ones.
import { assignToMe, editRow } from '../in-place/edit-row.ts'
import { editText } from '../in-place/edit-text.ts'
import { actOnSelection } from '../select/selection-bar.ts'
import { selectedRows, toggleSelected } from '../select/selection.ts'
import type { Command } from './command.ts'

export function rowCommands(row: HTMLElement | undefined): readonly Command[] {
  const many = selectedRows().length
  if (row === undefined && many === 0) return []
  return [
    ...changes(row, many > 0 ? `${many} selected` : 'this task'),
    ...(many === 0 ? [] : [deletion(row, many)]),
    ...(row === undefined ? [] : commandsOfOne(row)),
  ]
}

/** Returns the commands that change the selected tasks, or else the focused one. */
function changes(row: HTMLElement | undefined, what: string): readonly Command[] {
  return [
    {
      id: 'complete',
      label: `Complete ${what}`,
      key: 'e',
      run: after(row, () => {
        if (!actOnSelection('completion')) {
          row?.querySelector<HTMLElement>('button.checkbox')?.click()
        }
      }),
    },
    {
      id: 'date',
      label: `Due date of ${what}`,
      key: 'd',
      run: after(row, () => actOnSelection('date') || editRow(row, 'date')),
    },
    {
      id: 'assign',
      label: `Assign ${what}`,
      key: 'a',
      run: after(row, () => actOnSelection('assignees') || editRow(row, 'assignees')),
    },
    {
      id: 'link',
      label: `Link a record to ${what}`,
      key: 'l',
      run: after(row, () => actOnSelection('records') || editRow(row, 'records')),
    },
  ]
}

function deletion(row: HTMLElement | undefined, many: number): Command {
  return {
    id: 'delete',
    label: `Delete ${many} selected`,
    key: '⌫',
    run: after(row, () => actOnSelection('deletion')),
  }
}

function commandsOfOne(row: HTMLElement): readonly Command[] {
  return [
    {
      id: 'assign-to-me',
      label: 'Assign this task to me',
      key: 'A',
      run: after(row, () => assignToMe(row)),
    },
    {
      id: 'edit',
      label: 'Edit the text of this task',
      key: 'i',
      run: after(row, () => editText(row)),
    },
    {
      id: 'select',
      label: 'Select this task',
      key: 'x',
      run: after(row, () => toggleSelected(row)),
    },
    {
      id: 'open',
      label: 'Open this task',
      key: 'o',
      run: () => row.querySelector<HTMLElement>('.what a')?.click(),
    },
  ]
}

/** Returns the action with the focus back on the row, where its popover opens. */
function after(row: HTMLElement | undefined, act: () => void): () => void {
  return () => {
    row?.querySelector<HTMLElement>('.what a')?.focus()
    act()
  }
}
