// The palette's commands for the page that is open: its list, its links, and the settings.
import { focusPlace } from '../rows/rows.ts'
import { selectAll } from '../select/selection.ts'
import type { Command } from './command.ts'
import { act } from './key-actions.ts'

export function pageCommands(): readonly Command[] {
  return [...listCommands(), ...linkCommands(), ...settingCommands()]
}

function listCommands(): readonly Command[] {
  const command = (id: string, label: string, key: string): Command => ({
    id,
    label,
    key,
    run: () => void act(key, false),
  })
  return [
    ...(document.querySelector('#add-content') === null ? [] : [command('add', 'Add a task', 'q')]),
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
    command('search', 'Search tasks', '/'),
    ...moveCommands(),
    command('undo', 'Undo', 'z'),
    command('keys', 'Keyboard shortcuts', '?'),
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
