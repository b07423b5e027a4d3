// The search field of a list. A search looks into every view and at everyone's tasks; filters that are set stay.
import { paths, type ListAddress } from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'

export const longestSearch = 200

export function searchField(query: ListAddress): Html {
  const isSearching = query.text !== undefined
  const kept = {
    view: isSearching ? query.view : 'all',
    whose: isSearching ? query.whose : 'everyone',
    workspace: query.workspace,
    member: query.member,
    record: query.record,
  }
  return html`<div class="find">
    <form method="get" action="${paths.home}" role="search" data-search>
      ${Object.entries(kept).map(([name, value]) =>
        value === undefined ? '' : html`<input type="hidden" name="${name}" value="${value}" />`,
      )}
      ${icon('search')}
      <label class="visually-hidden" for="search"
        >Search tasks, people, companies and members</label
      >
      <input
        id="search"
        name="q"
        type="search"
        autocomplete="off"
        enterkeyhint="search"
        maxlength="${longestSearch}"
        placeholder="Search"
        aria-keyshortcuts="/"
        value="${query.text ?? ''}"
      />
      <kbd aria-hidden="true">/</kbd>
      <button class="visually-hidden" type="submit">Search</button>
    </form>
  </div>`
}
