// A completed row stays struck for a moment before it collapses, so that people see what happened. Where less
// motion is preferred, it goes at once.

const staysMs = 400
const collapsesMs = 160

export function letCompletedRowsLeave(): void {
  document.addEventListener('submit', ({ submitter }) => {
    const row = submitter?.closest<HTMLElement>('main .task')
    const isCompletion =
      submitter?.matches('.checkbox') === true && row?.dataset['state'] === undefined
    if (row === null || row === undefined || !isCompletion || prefersStillness()) return
    row.dataset['leaving'] = ''
  })
}

/** Shows a row as completed, and lets it leave when the page without it is shown. */
export function showCompleted(row: HTMLElement): void {
  row.querySelector('.checkbox')?.setAttribute('aria-disabled', 'true')
  if (!prefersStillness()) row.dataset['leaving'] = ''
}

/** True for a row that has just left its list. It removes itself. */
export function isLeaving(node: Node): boolean {
  if (!(node instanceof HTMLElement) || node.dataset['leaving'] === undefined) return false
  if (node.dataset['leaving'] === '') {
    node.dataset['leaving'] = 'soon'
    node.inert = true
    setTimeout(() => collapse(node), staysMs)
  }
  return true
}

function collapse(row: HTMLElement): void {
  // Undo may have brought the row back.
  if (row.dataset['leaving'] === undefined) {
    row.inert = false
    return
  }
  row.dataset['leaving'] = 'now'
  setTimeout(() => {
    if (row.dataset['leaving'] !== undefined) row.remove()
  }, collapsesMs)
}

function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
