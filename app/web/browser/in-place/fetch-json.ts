// Fetches JSON from Taskr. A newer request by the same caller aborts the older one.

export type Asker = (address: string) => Promise<unknown>

/** Returns undefined when the request was superseded, failed or timed out. */
export function createAsker(): Asker {
  let asking = new AbortController()
  return async (address) => {
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    try {
      const response = await fetch(address, {
        mode: 'same-origin',
        headers: { accept: 'application/json' },
        signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
      })
      if (!response.ok) return undefined
      const answer: unknown = await response.json()
      return signal.aborted ? undefined : answer
    } catch {
      return undefined
    }
  }
}

export function lookupAddress(path: string, query: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(query).toString()}`
}

/** Reads a property of an unknown value. */
export function property(answer: unknown, name: string): unknown {
  return typeof answer === 'object' && answer !== null && Object.hasOwn(answer, name)
    ? Reflect.get(answer, name)
    : undefined
}

export function textOf(answer: unknown, name: string): string {
  const value = property(answer, name)
  return typeof value === 'string' ? value : ''
}

export function listOf(answer: unknown, name: string): readonly unknown[] {
  const value: unknown = property(answer, name)
  return Array.isArray(value) ? value : []
}
