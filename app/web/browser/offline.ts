// Marks the page while Taskr cannot be reached, so that its header does not say Live.

export function setOffline(isOffline: boolean): void {
  document.documentElement.toggleAttribute('data-offline', isOffline)
}

export function watchNetwork(whenBack: () => void): void {
  globalThis.addEventListener('offline', () => setOffline(true))
  globalThis.addEventListener('online', whenBack)
}
