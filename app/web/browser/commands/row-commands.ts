// The palette's commands for the focused row, or for the selected ones. Each does what its key does.
import { selectedRows } from '../select/selection.ts'
import type { Command } from './command.ts'
import { act } from './key-actions.ts'

export function rowCommands(row: HTMLElement | undefined): readonly Command[] {
  const many = selectedRows().length
  if (row === undefined && many === 0) return []
  const command = (id: string, label: string, key: string, pressed = key): Command => ({
    id,
    label,
    key,
    run: () => {
      // The focus goes back to the row, where the popover of a command opens.
      row?.querySelector<HTMLElement>('.what a')?.focus()
      act(pressed, false)
    },
  })
  const what = many > 0 ? `${many} selected` : 'this task'
  return [
    command('complete', `Complete ${what}`, 'e'),
    command('date', `Due date of ${what}`, 'd'),
    command('assign', `Assign ${what}`, 'a'),
    command('link', `Link a record to ${what}`, 'l'),
    ...(many === 0 ? [] : [command('delete', `Delete ${what}`, '⌫', 'Delete')]),
    ...(row === undefined
      ? []
      : [
          command('assign-to-me', 'Assign this task to me', 'A'),
          command('edit', 'Edit the text of this task', 'i'),
          command('select', 'Select this task', 'x'),
          command('open', 'Open this task', 'o'),
        ]),
  ]
}
