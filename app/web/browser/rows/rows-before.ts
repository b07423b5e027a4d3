// Rows as they were before an action, so that a refusal and Undo bring them back in the same frame.

export type RowsBefore = readonly RowBefore[]

type RowBefore = {
  readonly copy: HTMLElement
  /** names the group that the row was in */
  readonly group: string
  /** the row that followed */
  readonly nextId: string | undefined
}

export function rowsBefore(rows: readonly HTMLElement[]): RowsBefore {
  return rows.flatMap((row) => {
    const copy = row.cloneNode(true)
    if (!(copy instanceof HTMLElement)) return []
    // The press itself may have marked the row already.
    delete copy.dataset['leaving']
    copy.querySelector('.checkbox')?.removeAttribute('aria-disabled')
    return { copy, group: groupOf(row), nextId: row.nextElementSibling?.id }
  })
}

/** Brings the rows back, also those that have left the list. Returns a function that undoes this. */
export function bringBack(before: RowsBefore): () => void {
  const ways = before.map(bringOneBack)
  return () => {
    for (const way of ways) way()
  }
}

function bringOneBack({ copy, group, nextId }: RowBefore): () => void {
  const row = copy.cloneNode(true)
  const shown = document.getElementById(copy.id)
  if (!(row instanceof HTMLElement) || shown?.querySelector('.text-edit')) return () => {}
  if (shown !== null) {
    replace(shown, row)
    return () => replace(row, shown)
  }
  const list = document.querySelector(`main .group[aria-labelledby="${CSS.escape(group)}"] ol`)
  const next = nextId === undefined ? null : document.getElementById(nextId)
  list?.insertBefore(row, next?.parentElement === list ? next : null)
  return () => row.remove()
}

function replace(row: Element, by: Element): void {
  const hadFocus = row.contains(document.activeElement)
  row.replaceWith(by)
  if (hadFocus) by.querySelector<HTMLElement>('.what a')?.focus()
}

function groupOf(row: HTMLElement): string {
  return row.closest('.group')?.getAttribute('aria-labelledby') ?? ''
}
