// Looks at the page again: at the pace that the page asks for while something is under way, and when
// somebody comes back to it after a while. Never while it is hidden, or while a form is being filled in.
import { fetchPage } from './fetch-page.ts'
import { isBeingFilledIn, showPage } from './show-page.ts'

const staleMs = 60_000
const slowestMs = 30_000

/** Starts, and returns what looks again at once. */
export function keepFresh(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let shownAt = performance.now()

  const lookAgain = async (): Promise<void> => {
    clearTimeout(timer)
    if (document.hidden) return
    if (!isBeingFilledIn()) {
      const answer = await fetchPage(location.href)
      if (answer.kind === 'page' && answer.address.pathname === location.pathname) {
        if (!isBeingFilledIn()) showPage(answer.page, { keepsNotice: true })
        shownAt = performance.now()
        failures = 0
      } else if (answer.kind === 'unreachable') {
        failures += 1
      } else {
        location.assign(answer.address)
        return
      }
    }
    schedule()
  }
  const schedule = (): void => {
    const everyMs = Number(main()?.dataset['refreshEvery'] ?? 0)
    if (everyMs > 0) {
      timer = setTimeout(() => void lookAgain(), Math.min(everyMs * 2 ** failures, slowestMs))
    }
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    const isStale = performance.now() - shownAt > staleMs
    const { refreshEvery, refreshOnReturn } = main()?.dataset ?? {}
    if (refreshEvery !== undefined || (refreshOnReturn !== undefined && isStale)) void lookAgain()
  })
  schedule()
  return () => void lookAgain()
}

function main(): HTMLElement | null {
  return document.querySelector<HTMLElement>('main')
}
