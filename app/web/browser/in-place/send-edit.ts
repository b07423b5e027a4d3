// Changes a task in place: shows the expected result in the row, sends the request, and morphs the page. A refusal
// restores the row and shows the reason.
import { fetchPage, type FetchedPage } from '../fetch-page.ts'
import { whyNot } from '../offline.ts'
import { pageAddress } from '../page-address.ts'
import { bringBack, rowsBefore } from '../rows/rows-before.ts'
import { pageShown, showPage } from '../show-page.ts'
import { loggedOut } from '../typed-text.ts'
import { rememberRows, undoableOn } from '../undo-stack.ts'
import { listFields } from './row.ts'

export type PlacedChange = {
  readonly row: HTMLElement
  readonly address: string
  readonly fields: readonly (readonly [string, string])[]
  /** Shows the expected result in the row. It runs again if the page is morphed before the response. */
  readonly show: (row: HTMLElement) => void
  /** True when the task gets another ID: its row cannot be brought back before Taskr answers. */
  readonly isReplacement?: boolean
}

const sending = new Set<PlacedChange>()

/** Returns the reason when the change is refused. */
export async function sendEdit(change: PlacedChange): Promise<string | undefined> {
  const before = rowsBefore([change.row])
  const { id } = change.row
  showNow(change)
  sending.add(change)
  const body = new URLSearchParams()
  for (const [name, value] of [...listFields(), ...change.fields]) body.append(name, value)
  const answer = await fetchPage(change.address, { method: 'POST', body })
  sending.delete(change)
  const reason = reasonOf(answer)
  if (answer.kind === 'page' && answer.address.pathname === pageAddress().pathname) {
    const changeId = reason === undefined ? undoableOn(answer.page) : undefined
    showPage(answer.page, { keepsToast: false })
    if (change.isReplacement !== true) rememberRows(changeId, before)
    if (reason === undefined) return undefined
    document.querySelector(refusedToast)?.remove()
  } else if (reason === undefined) {
    return undefined
  } else {
    bringBack(before)
  }
  refuse(id, reason)
  return reason
}

const refusedToast = '#toasts > [data-kind="not-changed"]'

/** Returns why a change was not saved, or undefined when it was. */
export function reasonOf(answer: FetchedPage): string | undefined {
  if (answer.kind === 'unreachable') return `${whyNot()} Not saved.`
  if (answer.kind === 'not-a-page') return 'Taskr could not save this.'
  const { page, isRedirected } = answer
  if (page.querySelector('form[action="/login"]') !== null) return loggedOut
  const said = page.querySelector(
    isRedirected ? `${refusedToast} p` : 'main .message[role="alert"]',
  )
  return said?.textContent?.trim() ?? (isRedirected ? undefined : 'Taskr could not save this.')
}

export function keepSendingShown(): void {
  document.addEventListener(pageShown, () => {
    for (const change of sending) showNow(change)
  })
}

function showNow({ row, show }: PlacedChange): void {
  const shown = document.getElementById(row.id)
  if (shown === null) return
  delete shown.dataset['refused']
  shown.querySelector('.refusal')?.remove()
  show(shown)
}

function refuse(id: string, reason: string): void {
  const row = document.getElementById(id)
  if (row === null) return
  row.dataset['refused'] = ''
  const words = document.createElement('p')
  words.className = 'refusal'
  words.setAttribute('role', 'alert')
  words.textContent = reason
  row.append(words)
}
