// The text of an empty list for each view, with a link where it helps.
import { taskListAddress, type ListAddress } from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon, type IconName } from '../../ui/icons.ts'
import type { ConnectionRow } from './connection-problems.ts'
import { isNarrowed, noFilters, type FilterNames } from '../finding/filters.ts'
import { isFirstSync } from './sync-progress.ts'

type Emptiness = {
  readonly icon: IconName
  readonly title: string
  readonly words: string
  readonly way?: { readonly label: string; readonly query: Partial<ListAddress> }
}

export function emptyList(
  query: ListAddress,
  connections: readonly ConnectionRow[],
  names: FilterNames = {},
): Html {
  const isSyncing = connections.some(isFirstSync)
  const empty =
    !isSyncing && isNarrowed(query)
      ? narrowedEmptiness(query, names)
      : emptinessOf(query, isSyncing)
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

/** The way out of a list that is narrowed too much: first to every view, then to everyone, then without filters. */
function narrowedEmptiness(query: ListAddress, { member }: FilterNames): Emptiness {
  const { text, view, whose } = query
  const isPersonal = query.member === undefined && whose !== 'everyone'
  const way =
    view !== 'all'
      ? { label: 'Look in every view', query: { view: 'all' } as const }
      : isPersonal
        ? { label: 'Look at everyone’s tasks', query: { whose: 'everyone' } as const }
        : { label: 'Clear filters', query: noFilters }
  return {
    icon: 'search',
    title: text === undefined ? 'No tasks match' : `No tasks match “${text}”`,
    words:
      text === undefined && query.member !== undefined
        ? `${member ?? 'This member'} has no tasks here.`
        : 'Try fewer letters or fewer filters.',
    way,
  }
}

const nothingOverdue: Emptiness = {
  icon: 'clock',
  title: 'Nothing is overdue',
  words: 'You’re caught up.',
  way: { label: 'See today', query: { view: 'today' } },
}

const nothingTomorrow: Emptiness = {
  icon: 'calendar',
  title: 'Nothing due tomorrow',
  words: 'No open task is due tomorrow.',
  way: { label: 'See upcoming', query: { view: 'upcoming' } },
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
    case 'open':
    case 'all':
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
      return nothingOverdue
    case 'today':
    case 'due-today':
      return {
        icon: 'calendar',
        title: 'Nothing due today',
        words: 'You’re caught up. A good time to plan ahead.',
        way: { label: 'See upcoming', query: { view: 'upcoming' } },
      }
    case 'tomorrow':
      return nothingTomorrow
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
        way: { label: 'See all open tasks', query: { view: 'open' } },
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
