// Marks the page while Taskr cannot be reached, so that its header does not say Live.

/** `unavailable`: a server answered that Taskr is out of order. */
export type Reach = 'reached' | 'offline' | 'unavailable'

let current: Reach = 'reached'

export function setReach(reach: Reach): void {
  current = reach
  if (reach === 'reached') delete document.documentElement.dataset['unreached']
  else document.documentElement.dataset['unreached'] = reach
}

export function isReached(): boolean {
  return current === 'reached'
}

/** Returns the reason why the last request failed, as the first sentence of a toast. */
export function whyNot(): string {
  switch (current) {
    case 'offline':
      return 'You’re offline.'
    case 'unavailable':
      return 'Taskr is unavailable.'
    case 'reached':
      return 'Something went wrong.'
  }
}

/** True for the answer of a proxy without a Taskr behind it, or of a Taskr without its database. */
export function isUnavailable({ status }: Response): boolean {
  return status === 502 || status === 503 || status === 504
}

export function watchNetwork(whenBack: () => void): void {
  globalThis.addEventListener('offline', () => setReach('offline'))
  globalThis.addEventListener('online', whenBack)
}
