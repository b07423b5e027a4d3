// The actions that can still be undone, most recent first. The stack survives navigation to another view.
import { fetchPage } from './fetch-page.ts'
import { isUnavailable, setReach, whyNot } from './offline.ts'
import { property } from './in-place/fetch-json.ts'
import { pageAddress } from './page-address.ts'
import { say } from './show-toast.ts'
import { pageShown, showPage } from './show-page.ts'

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
    const form = document.querySelector<HTMLFormElement>('#toasts .undo')
    const changeId = form?.action.match(/\/changes\/([\w-]+)\/undoing$/)?.[1]
    if (changeId !== undefined && !isKnown(changeId)) rememberUndo([changeId])
  }
  document.addEventListener(pageShown, rememberToast)
  rememberToast()
  document.addEventListener('submit', ({ target }) => {
    if (!(target instanceof HTMLFormElement) || !target.matches('.undo')) return
    const changeId = target.action.match(/\/changes\/([\w-]+)\/undoing$/)?.[1]
    save(read().filter((entry) => changeId === undefined || !entry.changeIds.includes(changeId)))
  })
}

export function rememberUndo(changeIds: readonly string[]): void {
  if (changeIds.length === 0) return
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
  const counts = { withdrawn: 0, reversed: 0, tooLate: 0 }
  for (let at = 0; at < changeIds.length; at += batchSize) {
    const body = new URLSearchParams()
    for (const changeId of changeIds.slice(at, at + batchSize)) body.append('change[]', changeId)
    const answer = await post('/changes/undoing', body)
    if (answer === undefined) return say(`${whyNot()} Not undone.`)
    counts.withdrawn += numberOf(answer, 'withdrawn')
    counts.reversed += numberOf(answer, 'reversed')
    counts.tooLate += numberOf(answer, 'tooLate')
  }
  await showAgain()
  say(undoneInWords(counts))
}

function undoneInWords({
  withdrawn,
  reversed,
  tooLate,
}: {
  readonly withdrawn: number
  readonly reversed: number
  readonly tooLate: number
}): string {
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
