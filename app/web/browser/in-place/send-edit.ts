// Changes a task in place: shows the expected result wherever the task is shown, sends the request, and morphs the page. A
// refusal brings the task back and shows the reason.
import { fetchPage, type FetchedPage } from '../fetch-page.ts'
import { whyNot } from '../offline.ts'
import { pageAddress } from '../page-address.ts'
import { showPage } from '../show-page.ts'
import { loggedOut } from '../typed-text.ts'
import { rememberTasks, undoableOn } from '../undo-stack.ts'
import { refuse } from './refusals.ts'
import { listFields } from './row.ts'
import type { ShowChange } from './show-in-row.ts'
import { showUntilAnswered } from './until-answered.ts'

export type PlacedChange = {
  /** the ID of the task's row */
  readonly id: string
  readonly address: string
  readonly fields: readonly (readonly [string, string])[]
  /** Shows the expected result in the row, and in the card. It runs again if they are morphed before the response. */
  readonly show: ShowChange
  /** True when the task gets another ID: its row cannot be brought back before Taskr answers. */
  readonly isReplacement?: boolean
}

/** Returns the reason when the change is refused. */
export async function sendEdit(change: PlacedChange): Promise<string | undefined> {
  const shown = showUntilAnswered([change.id], change.show)
  const body = new URLSearchParams()
  for (const [name, value] of [...listFields(), ...change.fields]) body.append(name, value)
  const answer = await fetchPage(change.address, { method: 'POST', body })
  shown.end()
  const reason = reasonOf(answer)
  if (reason !== undefined) shown.takeBack()
  if (answer.kind === 'page' && answer.address.pathname === pageAddress().pathname) {
    if (reason !== undefined) withdrawToast(answer.page)
    else if (change.isReplacement !== true) rememberTasks(undoableOn(answer.page), shown.before)
    showPage(answer.page, { keepsToast: false })
  }
  if (reason !== undefined) refuse(change.id, reason)
  return reason
}

const refusedToast = '#toasts > [data-kind="not-changed"]'

/** The reason stands at the task instead. */
export function withdrawToast(page: Document): void {
  page.querySelector(refusedToast)?.remove()
}

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
