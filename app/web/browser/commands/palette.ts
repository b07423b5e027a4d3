// The command palette (⌘K): every action on the focused row, every view, filter, workspace and setting, and every member
// and record by name. What was used last comes first.
import { createChoiceList, matches, type Choice } from '../in-place/choice-list.ts'
import { openSearch } from '../find/search.ts'
import { assignToMe, editRow } from '../in-place/edit-row.ts'
import { editText } from '../in-place/edit-text.ts'
import { element } from '../in-place/element.ts'
import { createAsker, listOf, lookupAddress, textOf } from '../in-place/fetch-json.ts'
import { openPopover } from '../in-place/popover.ts'
import { openKeyList } from './key-list.ts'
import { currentRow, focusPlace } from '../rows/rows.ts'
import { actOnSelection } from '../select/selection-bar.ts'
import { selectAll, selectedRows, toggleSelected } from '../select/selection.ts'
import { undoLast } from '../undo-stack.ts'

type Command = {
  readonly id: string
  readonly label: string
  /** the command's key, or the kind of a name, shown at the end */
  readonly key?: string
  /** the list of a member or record */
  readonly address?: string
  readonly run: () => void
}

const recentKey = 'taskr-recent-commands'
const mostShown = 12
const typingPauseMs = 60

export function openPalette(): void {
  const row = currentRow()
  const commands = [...rowCommands(row), ...listCommands(), ...linkCommands(), ...settingCommands()]
  const { box, close } = openPopover(document.body, 'Commands')
  box.classList.add('palette')
  const ask = createAsker()
  let timer: ReturnType<typeof setTimeout> | undefined
  let named: readonly Command[] = []
  const ranked = (text: string): readonly Command[] => {
    const recent = recentCommands()
    const ids = recent.map(({ id }) => id)
    const rank = ({ id }: Command): number => {
      const at = ids.indexOf(id)
      return at === -1 ? ids.length : at
    }
    const known = new Set([...commands, ...named].map(({ id }) => id))
    // Members and records that were opened before are offered again before they are looked up.
    const opened = recent.flatMap(({ id, label, address }) =>
      address === undefined || known.has(id) ? [] : [placeOf({ label, address })],
    )
    return [...commands, ...opened]
      .filter(({ label }) => matches(text, label))
      .toSorted((one, other) => rank(one) - rank(other))
      .concat(named)
      .slice(0, mostShown)
  }
  let shown: readonly Command[] = []
  const list = createChoiceList({
    label: 'Commands',
    placeholder: 'Type a command, a view or a name',
    onType: (text) => {
      named = []
      render(text)
      clearTimeout(timer)
      timer = setTimeout(() => void lookUp(text), typingPauseMs)
    },
    onTake: ({ id }: Choice) => {
      const command = shown.find((one) => one.id === id)
      close()
      if (command === undefined) return
      remember(command)
      command.run()
    },
  })
  const lookUp = async (text: string): Promise<void> => {
    if (text.trim() === '') return
    const answer = await ask(lookupAddress('/lookups/names', { text }))
    if (answer === undefined || list.field.value !== text) return
    named = listOf(answer, 'names').map((found) =>
      placeOf({
        label: textOf(found, 'name'),
        address: textOf(found, 'address'),
        kind: textOf(found, 'kind'),
      }),
    )
    render(text)
  }
  const render = (text: string): void => {
    shown = ranked(text)
    list.show(shown.map(({ id, label, key }) => ({ id, label, detail: key })))
    empty.hidden = shown.length > 0
  }
  const empty = element('p', { class: 'preview' }, 'Nothing matches.')
  box.append(list.field, list.list, empty)
  list.field.focus()
  render('')
}

/** Returns the command that shows the tasks of a member or a record. */
function placeOf({
  label,
  address,
  kind,
}: {
  readonly label: string
  readonly address: string
  readonly kind?: string
}): Command {
  const run = (): void => location.assign(address)
  return {
    id: `name ${address}`,
    label,
    address,
    run,
    ...(kind === undefined ? {} : { key: kind }),
  }
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
    ...(many === 0
      ? []
      : [
          {
            id: 'delete',
            label: `Delete ${what}`,
            key: '⌫',
            run: back(() => actOnSelection('deletion')),
          },
        ]),
    ...(row === undefined
      ? []
      : [
          {
            id: 'assign-to-me',
            label: 'Assign this task to me',
            key: 'A',
            run: back(() => assignToMe(row)),
          },
          {
            id: 'edit',
            label: 'Edit the text of this task',
            key: 'i',
            run: back(() => editText(row)),
          },
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
    { id: 'search', label: 'Search tasks', key: '/', run: () => void openSearch() },
    ...moveCommands(),
    { id: 'undo', label: 'Undo', key: 'z', run: () => void undoLast() },
    { id: 'keys', label: 'Keyboard shortcuts', key: '?', run: () => void openKeyList() },
  ]
}

/** Returns the command that moves overdue tasks, where the page has its button. */
function moveCommands(): readonly Command[] {
  const button = document.querySelector<HTMLElement>('main .deeds button')
  if (button === null) return []
  const label = `${button.textContent?.trim()}: overdue tasks`
  return [{ id: 'move', label, key: 'T', run: () => button.click() }]
}

/** Returns a command for each link of the navigation and the filters. */
function linkCommands(): readonly Command[] {
  const links = document.querySelectorAll<HTMLAnchorElement>(
    '#side nav a, nav.filters a, main :is(.narrowed, .deeds) a',
  )
  return [...links].map((link) => {
    const words = (link.querySelector('.label') ?? link).textContent?.trim() ?? ''
    const label = words.replaceAll(/\s+/g, ' ')
    const key = link.dataset['key']
    const isNamed = link.closest('.narrowed, .deeds') !== null
    return {
      id: `go ${link.pathname}${link.search}`,
      label: isNamed ? label : `Go to ${label}`,
      ...(key === undefined ? {} : { key: `g ${key}` }),
      run: () => link.click(),
    }
  })
}

const settings = [
  ['Time zone', '/settings#time-zone-title'],
  ['Change password', '/settings#password-title'],
  ['Signed-in browsers', '/settings#sessions-title'],
  ['Export tasks', '/settings#yours'],
  ['Account events', '/events'],
  ['Delete account', '/settings#deletion-title'],
] as const

function settingCommands(): readonly Command[] {
  return settings.map(([label, address]) => ({
    id: `setting ${address}`,
    label: `Settings: ${label}`,
    run: () => location.assign(address),
  }))
}

type Recent = { readonly id: string; readonly label: string; readonly address?: string }

function recentCommands(): readonly Recent[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(recentKey) ?? '[]')
    if (!Array.isArray(stored)) return []
    return stored.flatMap((one: unknown) => {
      const [id, label, address] = ['id', 'label', 'address'].map((name) => textOf(one, name))
      if (id === undefined || id === '' || label === undefined) return []
      // Only an address of this site is followed.
      return [{ id, label, ...(address?.startsWith('/?') === true ? { address } : {}) }]
    })
  } catch {
    return []
  }
}

function remember({ id, label, address }: Command): void {
  try {
    const others = recentCommands().filter((one) => one.id !== id)
    const own = { id, label, ...(address === undefined ? {} : { address }) }
    localStorage.setItem(recentKey, JSON.stringify([own, ...others].slice(0, mostShown)))
  } catch {
    // Without storage, the order does not change.
  }
}
