// The selected rows. The selection follows the tasks when the page is morphed.
import { pageShown } from '../page-shown.ts'

const selected = new Set<string>()
let anchor: string | undefined
const listeners = new Set<() => void>()

export function keepSelection(): void {
  document.addEventListener(pageShown, () => {
    for (const id of selected) if (document.getElementById(id) === null) selected.delete(id)
    changed()
  })
  document.addEventListener(
    'click',
    (event) => {
      if (!event.shiftKey || !(event.target instanceof Element)) return
      if (event.target.closest('textarea') !== null) return
      const row = event.target.closest<HTMLElement>('main .task[id]')
      if (row === null) return
      event.preventDefault()
      event.stopImmediatePropagation()
      getSelection()?.removeAllRanges()
      selectThrough(row)
    },
    { capture: true },
  )
}

export function onSelectionChange(listener: () => void): void {
  listeners.add(listener)
}

export function selectedRows(): readonly HTMLElement[] {
  return rows().filter(({ id }) => selected.has(id))
}

export function toggleSelected(row: HTMLElement): void {
  if (!selected.delete(row.id)) selected.add(row.id)
  anchor = row.id
  changed()
}

/** Selects every row from the last selected one to this one. */
export function selectThrough(row: HTMLElement): void {
  const all = rows()
  const from = all.findIndex(({ id }) => id === anchor)
  const to = all.indexOf(row)
  const start = from === -1 ? to : from
  for (const one of all.slice(Math.min(start, to), Math.max(start, to) + 1)) selected.add(one.id)
  anchor ??= row.id
  changed()
}

export function selectAll(): void {
  for (const { id } of rows()) selected.add(id)
  changed()
}

/** Returns whether any row was selected. */
export function clearSelection(): boolean {
  const any = selected.size > 0
  selected.clear()
  anchor = undefined
  if (any) changed()
  return any
}

/** Only rows that can be changed can be selected, and not those that a fold hides. */
function rows(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main .task[id]:has(button.checkbox)')].filter(
    (row) => selected.has(row.id) || row.checkVisibility(),
  )
}

function changed(): void {
  for (const row of document.querySelectorAll<HTMLElement>('main .task[id]')) {
    row.toggleAttribute('data-selected', selected.has(row.id))
  }
  for (const listener of listeners) listener()
}
