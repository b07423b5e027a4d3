// Changes a task in place: shows the expected result in the row, sends the request, and morphs the page. A refusal
// restores the row and shows the reason.
import { fetchPage } from '../fetch-page.ts'
import { whyNot } from '../offline.ts'
import { pageShown, showPage } from '../show-page.ts'
import { listFields } from './row.ts'

export type PlacedChange = {
  readonly row: HTMLElement
  readonly address: string
  readonly fields: readonly (readonly [string, string])[]
  /** Shows the expected result in the row. It runs again if the page is morphed before the response. */
  readonly show: (row: HTMLElement) => void
}

const sending = new Set<PlacedChange>()

export async function sendEdit(change: PlacedChange): Promise<void> {
  const before = change.row.cloneNode(true)
  const { id } = change.row
  showNow(change)
  sending.add(change)
  const body = new URLSearchParams()
  for (const [name, value] of [...listFields(), ...change.fields]) body.append(name, value)
  const answer = await fetchPage(change.address, { method: 'POST', body })
  sending.delete(change)
  if (answer.kind === 'page' && answer.isRedirected) {
    showPage(answer.page, { keepsToast: false })
    const reason = document.querySelector('#toasts > [data-kind="not-changed"]')
    if (reason !== null) {
      refuse(id, reason.querySelector('p')?.textContent ?? '')
      reason.remove()
    }
    return
  }
  const row = document.getElementById(id)
  if (row !== null) row.replaceWith(before)
  refuse(
    id,
    answer.kind === 'unreachable' ? `${whyNot()} Not saved.` : 'Taskr could not save this.',
  )
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
