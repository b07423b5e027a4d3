// The text of an empty list for each view, with a link where it helps.
import { taskListAddress, type ListAddress } from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon, type IconName } from '../../ui/icons.ts'
import type { ConnectionRow } from './connection-problems.ts'
import { isFirstSync } from './sync-progress.ts'

type Emptiness = {
  readonly icon: IconName
  readonly title: string
  readonly words: string
  readonly way?: { readonly label: string; readonly query: Partial<ListAddress> }
}

export function emptyList(query: ListAddress, connections: readonly ConnectionRow[]): Html {
  const empty = emptinessOf(query, connections.some(isFirstSync))
  return html`<div class="emptiness">
    ${icon(empty.icon)}
    <h2>${empty.title}</h2>
    <p>${empty.words}</p>
    ${
      empty.way === undefined
        ? ''
        : html`<a
            class="button"
            href="${taskListAddress({ ...query, page: 1, ...empty.way.query })}"
            >${empty.way.label}</a
          >`
    }
  </div>`
}

function emptinessOf(query: ListAddress, isSyncing: boolean): Emptiness {
  if (isSyncing) {
    return {
      icon: 'inbox',
      title: 'Your tasks are on their way',
      words: 'They appear here as they arrive. You can close this page.',
    }
  }
  const mine = query.whose === 'mine'
  const everyones = { label: 'Show everyone’s', query: { whose: 'everyone' } } as const
  switch (query.view) {
    case undefined:
      return {
        icon: 'done',
        title: mine ? 'Nothing left to do' : 'Nothing is open',
        words: mine
          ? 'Every task assigned to you is done.'
          : query.whose === 'unassigned'
            ? 'Every open task is assigned.'
            : 'There are no open tasks.',
        ...(mine ? { way: everyones } : {}),
      }
    case 'overdue':
      return {
        icon: 'clock',
        title: 'Nothing is overdue',
        words: 'You’re caught up.',
        way: { label: 'See today', query: { view: 'today' } },
      }
    case 'today':
      return {
        icon: 'calendar',
        title: 'Nothing due today',
        words: 'A good time to plan ahead.',
        way: { label: 'See upcoming', query: { view: 'upcoming' } },
      }
    case 'upcoming':
      return {
        icon: 'arrow',
        title: 'Nothing ahead',
        words: 'No open task is due after today.',
        way: { label: 'See tasks without a date', query: { view: 'no-date' } },
      }
    case 'no-date':
      return {
        icon: 'lines',
        title: 'Everything has a date',
        words: 'No open task is missing a due date.',
        way: { label: 'See all open tasks', query: { view: undefined } },
      }
    case 'done':
      return {
        icon: 'done',
        title: 'Nothing done yet',
        words: 'Completed tasks appear here.',
        ...(mine ? { way: everyones } : {}),
      }
  }
}
