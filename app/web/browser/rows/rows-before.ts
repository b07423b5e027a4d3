// Tasks as the page showed them before an action, in their rows and cards, so that a refusal and Undo bring them back in
// the same frame.
import { groupNamed, isGone, putBack, remove } from './groups.ts'

export type TasksBefore = readonly TaskBefore[]

type TaskBefore = {
  readonly id: string
  /** absent when the list did not show the task */
  readonly row?: {
    readonly copy: HTMLElement
    readonly group: string
    /** the row that followed */
    readonly nextId: string | undefined
  }
  /** the parts of its card that changes show in */
  readonly parts: ReadonlyMap<string, readonly Node[]>
  readonly state: string | undefined
}

/** Returns the row of a task, unless it has gone. */
export function rowOfTask(id: string): HTMLElement | undefined {
  const row = document.getElementById(id)
  return row === null || isGone(row) ? undefined : row
}

/** Returns the cards of a task: its page, or the panel beside the list. */
export function cardsOfTask(id: string): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`.task-page[data-task="${CSS.escape(id)}"]`)]
}

export function tasksBefore(ids: readonly string[]): TasksBefore {
  return ids.map((id) => {
    const row = rowOfTask(id)
    const [card] = cardsOfTask(id)
    return {
      id,
      ...(row === undefined ? {} : { row: rowBefore(row) }),
      parts: new Map([...partsOf(card)].map(([name, part]) => [name, [...copy(part).childNodes]])),
      state: card?.dataset['state'],
    }
  })
}

/** Brings the tasks back, also those that have left the list. Returns a function that undoes this. */
export function bringBack(before: TasksBefore): () => void {
  const now = tasksBefore(before.map(({ id }) => id))
  // Each row is put before the one that followed it.
  for (const task of before.toReversed()) bringOneBack(task)
  return () => now.toReversed().forEach(bringOneBack)
}

function bringOneBack({ id, parts, row, state }: TaskBefore): void {
  for (const card of cardsOfTask(id)) {
    if (state !== undefined) card.dataset['state'] = state
    for (const [name, part] of partsOf(card)) {
      const before = parts.get(name)
      if (before) part.replaceChildren(...before.map((node) => node.cloneNode(true)))
    }
  }
  const shown = document.getElementById(id)
  if (shown?.querySelector('.text-edit')) return
  if (row === undefined) return shown === null ? undefined : remove(shown)
  const again = copy(row.copy)
  const group = groupNamed(row.group)
  const next = document.getElementById(row.nextId ?? '')
  if (shown !== null && isInPlace(shown, group, next)) return replace(shown, again)
  if (shown !== null) remove(shown)
  if (group !== undefined) putBack(again, group, next)
}

function isInPlace(
  row: HTMLElement,
  group: HTMLElement | undefined,
  next: Element | null,
): boolean {
  const { nextElementSibling } = row
  return (
    !isGone(row) &&
    row.closest('.group') === group &&
    (next ?? nextElementSibling) === nextElementSibling
  )
}

function rowBefore(row: HTMLElement) {
  return {
    copy: copy(row),
    group: row.closest<HTMLElement>('.group')?.dataset['group'] ?? '',
    nextId: row.nextElementSibling?.id,
  }
}

/** Returns a copy that can be pressed, though the original may have been already. */
function copy(part: HTMLElement): HTMLElement {
  const made = part.cloneNode(true)
  if (!(made instanceof HTMLElement)) return part
  for (const button of made.querySelectorAll('[aria-disabled]'))
    button.removeAttribute('aria-disabled')
  return made
}

function partsOf(card: HTMLElement | undefined): ReadonlyMap<string, HTMLElement> {
  const parts = card?.querySelectorAll<HTMLElement>('[data-part], .completion') ?? []
  return new Map([...parts].map((part) => [part.dataset['part'] ?? '', part]))
}

function replace(row: Element, by: Element): void {
  const hadFocus = row.contains(document.activeElement)
  row.replaceWith(by)
  if (hadFocus) by.querySelector<HTMLElement>('.what a')?.focus()
}
