// The actions that can still be undone, most recent first. The stack survives navigation to another view. Undo shows the
// rows as they were at once, where the page has changed them.
import { fetchPage } from './fetch-page.ts'
import { isUnavailable, setReach, whyNot } from './offline.ts'
import { property } from './in-place/fetch-json.ts'
import { pageAddress } from './page-address.ts'
import { say } from './show-toast.ts'
import { glide } from './rows/glide.ts'
import { bringBack, type TasksBefore } from './rows/rows-before.ts'
import { keepingPlace } from './rows/rows.ts'
import { pageShown } from './page-shown.ts'
import { showPage } from './show-page.ts'

type Entry = {
  readonly changeIds: readonly string[]
  /** milliseconds since 1970 */
  readonly until: number
}

const key = 'taskr-undo'
const undoWithinMs = 10_000
const batchSize = 50

export function keepUndoStack(): void {
  const rememberToast = (): void => {
    const changeId = undoableOn(document)
    if (changeId !== undefined && !isKnown(changeId)) rememberUndo([changeId])
  }
  document.addEventListener(pageShown, rememberToast)
  rememberToast()
  document.addEventListener('submit', ({ target }) => {
    if (!(target instanceof HTMLFormElement) || !target.matches('.undo')) return
    const changeId = changeOf(target)
    save(read().filter((entry) => changeId === undefined || !entry.changeIds.includes(changeId)))
  })
}

/** The tasks before each change of this page, by the first of the action's changes. */
const before = new Map<string, TasksBefore>()

/** Returns the change that the toast of a page can undo. */
export function undoableOn(page: ParentNode): string | undefined {
  const form = page.querySelector<HTMLFormElement>('#toasts .undo')
  return form === null ? undefined : changeOf(form)
}

function changeOf(form: HTMLFormElement): string | undefined {
  return form.getAttribute('action')?.match(/\/changes\/([\w-]+)\/undoing$/)?.[1]
}

/** Remembers how the tasks looked before a change. */
export function rememberTasks(changeId: string | undefined, tasks: TasksBefore): void {
  if (changeId !== undefined && tasks.length > 0) before.set(changeId, tasks)
}

/** Shows the tasks as before the change of the form. Returns a function that takes this back. */
export function showUndone(form: HTMLFormElement): () => void {
  return bringBackGliding(before.get(changeOf(form) ?? '') ?? [])
}

export function rememberUndo(changeIds: readonly string[], tasks: TasksBefore = []): void {
  if (changeIds.length === 0) return
  rememberTasks(changeIds[0], tasks)
  save([...read(), { changeIds, until: Date.now() + undoWithinMs }])
}

/** Undoes the last action. Returns false when there is none, or its ten seconds are over. */
export function undoLast(): boolean {
  const stack = read()
  const last = stack.at(-1)
  if (last === undefined) return false
  save(stack.slice(0, -1))
  void undo(last.changeIds)
  return true
}

async function undo(changeIds: readonly string[]): Promise<void> {
  const tasks = before.get(changeIds[0] ?? '') ?? []
  let takeBack = bringBackGliding(tasks)
  const showAgainUndone = (): void => {
    takeBack = bringBack(tasks)
  }
  document.querySelector('#toasts .toast')?.remove()
  document.addEventListener(pageShown, showAgainUndone)
  const counts = await sendUndo(changeIds)
  document.removeEventListener(pageShown, showAgainUndone)
  if (counts === undefined) {
    takeBack()
    return say(`${whyNot()} Not undone.`)
  }
  await showAgain()
  say(undoneInWords(counts))
}

function bringBackGliding(tasks: TasksBefore): () => void {
  let takeBack = (): void => {}
  keepingPlace(() =>
    glide(() => {
      takeBack = bringBack(tasks)
    }),
  )
  return takeBack
}

async function sendUndo(changeIds: readonly string[]): Promise<Undone | undefined> {
  const counts = { withdrawn: 0, reversed: 0, tooLate: 0 }
  for (let at = 0; at < changeIds.length; at += batchSize) {
    const body = new URLSearchParams()
    for (const changeId of changeIds.slice(at, at + batchSize)) body.append('change[]', changeId)
    const answer = await post('/changes/undoing', body)
    if (answer === undefined) return undefined
    counts.withdrawn += numberOf(answer, 'withdrawn')
    counts.reversed += numberOf(answer, 'reversed')
    counts.tooLate += numberOf(answer, 'tooLate')
  }
  return counts
}

type Undone = { readonly withdrawn: number; readonly reversed: number; readonly tooLate: number }

function undoneInWords({ withdrawn, reversed, tooLate }: Undone): string {
  if (withdrawn + reversed === 0) return 'Too late to undo.'
  const late = tooLate === 0 ? '' : ` ${tooLate} could no longer be undone.`
  return `${reversed === 0 ? 'Undone.' : 'Undone. Updating Attio…'}${late}`
}

/** Refetches and morphs the open page, after an action. */
export async function showAgain(): Promise<void> {
  await refetch(false)
}

/** Refetches the open page without an action; its toast stays. */
export async function showListAgain(): Promise<void> {
  await refetch(true)
}

async function refetch(keepsToast: boolean): Promise<void> {
  const answer = await fetchPage(pageAddress().href)
  if (answer.kind === 'page') showPage(answer.page, { keepsToast })
}

export async function post(address: string, body: URLSearchParams): Promise<unknown> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      body,
      mode: 'same-origin',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(30_000),
    })
    setReach(isUnavailable(response) ? 'unavailable' : 'reached')
    return response.ok ? ((await response.json()) as unknown) : undefined
  } catch {
    setReach('offline')
    return undefined
  }
}

function numberOf(answer: unknown, name: string): number {
  const value = property(answer, name)
  return typeof value === 'number' ? value : 0
}

function isKnown(changeId: string): boolean {
  return read().some((entry) => entry.changeIds.includes(changeId))
}

/** Reads the stored stack. Storage may be blocked or contain anything. */
function read(): readonly Entry[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]')
    if (!Array.isArray(stored)) return []
    return stored.flatMap((entry: unknown) => {
      const changeIds: unknown = property(entry, 'changeIds')
      const until = property(entry, 'until')
      if (!Array.isArray(changeIds) || typeof until !== 'number' || until < Date.now()) return []
      return [{ changeIds: changeIds.filter((id) => typeof id === 'string'), until }]
    })
  } catch {
    return []
  }
}

function save(stack: readonly Entry[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(stack))
  } catch {
    // Without storage, undo works only through the toast.
  }
}
