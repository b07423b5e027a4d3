// Refetches the page: at the interval that the page requests while a sync or change is in progress, when the person
// returns after a while, at their midnight, and when a task becomes late. It never does so while the page is hidden, or
// when typed text would be lost.
import { fetchPage } from './fetch-page.ts'
import { pageAddress } from './page-address.ts'
import { pageShown } from './page-shown.ts'
import { showPage } from './show-page.ts'
import { hasPlaceForTyped, whatIsTyped, whatIsTypedOnPage } from './typed-text.ts'

const staleMs = 60_000
const slowestMs = 30_000
/** A form is usually answered within this time. */
const answeredWithinMs = 10_000
/** Browsers run a longer timer at once. */
const longestTimerMs = 2 ** 31

/** Starts refetching, and returns a function that refetches at once. */
export function keepFresh(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let shownAt = performance.now()
  let turnsAt = turn()
  let isFetching = false
  let isAskedAgain = false

  const isAnswerDue = noteForms()

  const fetchAndShow = async (): Promise<void> => {
    const before = shownAt
    const { href: address, pathname } = pageAddress()
    const answer = await fetchPage(address, { headers: toastShown() })
    // The person acted or went back during the request, so this response may no longer fit the page shown.
    if (shownAt !== before || pageAddress().href !== address) {
      isAskedAgain = true
    } else if (answer.kind === 'unreachable') {
      failures += 1
    } else if (answer.kind === 'page' && answer.address.pathname === pathname) {
      failures = 0
      const hasPlace = hasPlaceForTyped(answer.page, whatIsTypedOnPage())
      if (hasPlace) showPage(answer.page, { keepsToast: true })
    } else if (!isAnswerDue() && whatIsTyped().size === 0) {
      // Who has just logged out, or changed the password, goes where the answer to that form leads.
      location.assign(answer.address)
    }
  }
  const refetch = async (): Promise<void> => {
    isAskedAgain = isFetching
    if (isFetching) return
    clearTimeout(timer)
    if (document.hidden) return
    isFetching = true
    try {
      await fetchAndShow()
    } catch (error) {
      failures += 1
      reportError(error)
    }
    isFetching = false
    // A page that could not turn over, as when Taskr was out of reach, tries again after a while.
    if (turnsAt <= Date.now()) turnsAt = Date.now() + slowestMs
    if (isAskedAgain) void refetch()
    else schedule()
  }
  const schedule = (): void => {
    clearTimeout(timer)
    const pauseMs = pauseBefore(failures, turnsAt)
    if (pauseMs < longestTimerMs) timer = setTimeout(() => void refetch(), pauseMs)
  }

  document.addEventListener(pageShown, () => {
    shownAt = performance.now()
    turnsAt = turn()
    schedule()
  })
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && wantsRefetch(shownAt, turnsAt)) void refetch()
  })
  schedule()
  return () => void refetch()
}

/** Returns a function that is true when a form was just sent, and its answer may be on its way. */
function noteForms(): () => boolean {
  let until = 0
  document.addEventListener('submit', () => {
    until = performance.now() + answeredWithinMs
  })
  return () => performance.now() < until
}

/** Returns how long to wait before the next refetch: longer after failures, and until the page turns over. */
function pauseBefore(failures: number, turnsAt: number): number {
  const everyMs = Number(main()?.dataset['refreshEvery'] ?? 0)
  return everyMs > 0 ? Math.min(everyMs * 2 ** failures, slowestMs) : turnsAt - Date.now()
}

/** True when a person who returns to the page should see it anew. */
function wantsRefetch(shownAt: number, turnsAt: number): boolean {
  // Where the computer slept, only the clock of the day has gone on.
  const isStale = performance.now() - shownAt > staleMs || Date.now() >= turnsAt
  const { refreshEvery, refreshOnReturn } = main()?.dataset ?? {}
  return refreshEvery !== undefined || (refreshOnReturn !== undefined && isStale)
}

/** Returns when the page shown turns over, by the browser's clock; the server says how long that is from now. */
function turn(): number {
  const afterMs = main()?.dataset['turnsAfter']
  return afterMs === undefined ? Infinity : Date.now() + Number(afterMs)
}

/** Returns the header for a toast that is still shown, which may need a new number of tasks. */
function toastShown(): Readonly<Record<string, string>> {
  const about = document.querySelector<HTMLElement>('#toasts > [data-about]')?.dataset['about']
  return about === undefined ? {} : { 'x-taskr-toast': about }
}

function main(): HTMLElement | null {
  return document.querySelector<HTMLElement>('main')
}
