// The filters of a list: whose tasks, a member, a record, a workspace, a search. Each is a link, so that a list can be
// bookmarked and shared, and each but the first is a chip that can be taken away.
import {
  recordTasksAddress,
  taskListAddress,
  type ListAddress,
  type WhoseChoice,
} from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon, type IconName } from '../../ui/icons.ts'
import { safeLink } from '../../ui/safe-link.ts'
import type { ConnectionRow } from '../views/connection-problems.ts'
import { recordIcons, type LinkedRecordKind } from '../views/task-row.ts'

/** The names of the member and the record that a list is narrowed to. */
export type FilterNames = {
  readonly member?: string | undefined
  readonly record?:
    | {
        readonly kind: LinkedRecordKind
        readonly name?: string | undefined
        readonly webUrl?: string | null | undefined
      }
    | undefined
}

const choices: readonly { whose: WhoseChoice; label: string }[] = [
  { whose: 'mine', label: 'Mine' },
  { whose: 'unassigned', label: 'Unassigned' },
  { whose: 'everyone', label: 'Everyone' },
]

export function filters(query: ListAddress): Html {
  return html`<nav class="filters" aria-label="Whose">
    <ul>
      ${choices.map(
        ({ whose, label }) =>
          html`<li>
            <a
              href="${taskListAddress({ ...query, whose, member: undefined, page: 1 })}"
              data-in-place
              ${
                query.member === undefined && whose === query.whose ? html`aria-current="true"` : ''
              }
              >${label}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`
}

/** True when the list is narrowed by more than whose tasks it shows. */
export function isNarrowed({ member, record, workspace, text }: ListAddress): boolean {
  return [member, record, workspace, text].some((filter) => filter !== undefined)
}

export const noFilters = {
  member: undefined,
  record: undefined,
  workspace: undefined,
  text: undefined,
} as const

/** The filters besides whose tasks are listed, each with a link that takes it away. */
export function filterChips(
  query: ListAddress,
  connections: readonly ConnectionRow[],
  names: FilterNames = {},
): Html {
  if (!isNarrowed(query)) return html``
  const workspace = connections.find(({ connectionId }) => connectionId === query.workspace)
  const without = (change: Partial<ListAddress>): string =>
    taskListAddress({ ...query, ...change, page: 1 })
  const { record = { kind: 'record' } } = names
  return html`<ul class="narrowed" aria-label="Filters">
    ${
      query.member === undefined
        ? ''
        : chip('person', names.member ?? 'A former member', without({ member: undefined }))
    }
    ${
      query.record === undefined
        ? ''
        : html`${chip(
            recordIcons[record.kind],
            recordNameOf(names),
            without({ record: undefined }),
          )}
          ${recordLinks(query, record.webUrl)}`
    }
    ${
      workspace === undefined
        ? ''
        : chip(undefined, workspace.workspaceName, without({ workspace: undefined }))
    }
    ${
      query.text === undefined
        ? ''
        : chip('search', `“${query.text}”`, without({ text: undefined }))
    }
  </ul>`
}

export function recordNameOf({ record }: FilterNames): string {
  return record?.name ?? `A ${record?.kind ?? 'record'}`
}

function recordLinks(query: ListAddress, webUrl: string | null | undefined): Html {
  const { record = '', view, whose, member } = query
  const isWhole = view === 'all' && whose === 'everyone' && member === undefined
  const attio = safeLink(webUrl)
  return html`${
    isWhole
      ? ''
      : html`<li>
          <a href="${recordTasksAddress(record, query.workspace)}" data-in-place>All its tasks</a>
        </li>`
  }
  ${
    attio === undefined
      ? ''
      : html`<li>
          <a href="${attio}" target="_blank" rel="noopener noreferrer"
            >Open in Attio<span class="visually-hidden"> in a new tab</span></a
          >
        </li>`
  }`
}

function chip(name: IconName | undefined, label: string, without: string): Html {
  return html`<li class="chip">
    <a href="${without}" data-in-place
      >${name === undefined ? '' : icon(name)}<span class="visually-hidden">Remove filter </span
      ><bdi>${label}</bdi>${icon('close')}</a
    >
  </li>`
}
