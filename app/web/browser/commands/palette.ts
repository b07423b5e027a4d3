// The command palette (⌘K): every action on the focused row, every view, workspace and page, most recently used first.
import { createChoiceList, matches, type Choice } from '../in-place/choice-list.ts'
import { editRow } from '../in-place/edit-row.ts'
import { element } from '../in-place/element.ts'
import { openPopover } from '../in-place/popover.ts'
import { openKeyList } from './key-list.ts'
import { currentRow, focusPlace } from '../rows.ts'
import { actOnSelection } from '../select/selection-bar.ts'
import { selectAll, selectedRows, toggleSelected } from '../select/selection.ts'
import { undoLast } from '../undo-stack.ts'

type Command = {
  readonly id: string
  readonly label: string
  /** the command's key, shown at the end */
  readonly key?: string
  readonly run: () => void
}

const recentKey = 'taskr-recent-commands'
const mostShown = 12

export function openPalette(): void {
  const row = currentRow()
  const commands = [...rowCommands(row), ...listCommands(), ...linkCommands()]
  const { box, close } = openPopover(document.body, 'Commands')
  box.classList.add('palette')
  const shown = (text: string): readonly Command[] => {
    const recent = recentIds()
    const rank = ({ id }: Command): number => {
      const at = recent.indexOf(id)
      return at === -1 ? recent.length : at
    }
    return commands
      .filter(({ label }) => matches(text, label))
      .toSorted((one, other) => rank(one) - rank(other))
      .slice(0, mostShown)
  }
  const list = createChoiceList({
    label: 'Commands',
    placeholder: 'Type a command or a view',
    onType: (text) => render(text),
    onTake: ({ id }: Choice) => {
      const command = commands.find((one) => one.id === id)
      close()
      if (command === undefined) return
      remember(id)
      command.run()
    },
  })
  const render = (text: string): void => {
    const found = shown(text)
    list.show(found.map(({ id, label, key }) => ({ id, label, detail: key })))
    empty.hidden = found.length > 0
  }
  const empty = element('p', { class: 'preview' }, 'No command matches.')
  box.append(list.field, list.list, empty)
  list.field.focus()
  render('')
}

function rowCommands(row: HTMLElement | undefined): readonly Command[] {
  const many = selectedRows().length
  if (row === undefined && many === 0) return []
  const what = many > 0 ? `${many} selected` : 'this task'
  const back = (act: () => void) => () => {
    row?.querySelector<HTMLElement>('.what a')?.focus()
    act()
  }
  return [
    {
      id: 'complete',
      label: `Complete ${what}`,
      key: 'e',
      run: back(() => {
        if (!actOnSelection('completion'))
          row?.querySelector<HTMLElement>('button.checkbox')?.click()
      }),
    },
    {
      id: 'date',
      label: `Due date of ${what}`,
      key: 'd',
      run: back(() => actOnSelection('date') || editRow(row, 'date')),
    },
    {
      id: 'assign',
      label: `Assign ${what}`,
      key: 'a',
      run: back(() => actOnSelection('assignees') || editRow(row, 'assignees')),
    },
    {
      id: 'link',
      label: `Link a record to ${what}`,
      key: 'l',
      run: back(() => actOnSelection('records') || editRow(row, 'records')),
    },
    ...(row === undefined
      ? []
      : [
          {
            id: 'select',
            label: 'Select this task',
            key: 'x',
            run: back(() => toggleSelected(row)),
          },
          {
            id: 'open',
            label: 'Open this task',
            key: 'o',
            run: () => row.querySelector<HTMLElement>('.what a')?.click(),
          },
        ]),
  ]
}

function listCommands(): readonly Command[] {
  const line = document.querySelector<HTMLElement>('#add-content')
  return [
    ...(line === null
      ? []
      : [{ id: 'add', label: 'Add a task', key: 'q', run: () => line.focus() }]),
    ...(document.querySelector('main .task') === null
      ? []
      : [
          {
            id: 'select-all',
            label: 'Select all tasks',
            key: '⌘A',
            run: () => {
              selectAll()
              focusPlace()
            },
          },
        ]),
    { id: 'undo', label: 'Undo', key: 'z', run: () => void undoLast() },
    { id: 'keys', label: 'Keyboard shortcuts', key: '?', run: () => void openKeyList() },
  ]
}

/** Returns a command for each link of the navigation and the filters. */
function linkCommands(): readonly Command[] {
  const links = document.querySelectorAll<HTMLAnchorElement>('#side nav a, nav.filters a')
  return [...links].map((link) => {
    const label = (link.querySelector('.label') ?? link).textContent?.trim() ?? ''
    const key = link.dataset['key']
    return {
      id: `go ${link.pathname}${link.search}`,
      label: `Go to ${label}`,
      ...(key === undefined ? {} : { key: `g ${key}` }),
      run: () => link.click(),
    }
  })
}

function recentIds(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(recentKey) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

function remember(id: string): void {
  try {
    const ids = [id, ...recentIds().filter((one) => one !== id)].slice(0, mostShown)
    localStorage.setItem(recentKey, JSON.stringify(ids))
  } catch {
    // Without storage, the order does not change.
  }
}
