// A cache of pages with a limit on their bytes: those unused for longest go first.

export interface PageCache<Page> {
  /** Returns the page at that place, if it is of that version. */
  readonly find: (place: string, version: string) => Page | undefined
  /** Keeps a page instead of any other version of it. */
  readonly keep: (place: string, page: CachedPage<Page>) => void
}

interface CachedPage<Page> {
  readonly version: string
  readonly value: Page
  readonly bytes: number
}

/** The bytes of an entry beside its page. */
const overheadBytes = 500

export function createPageCache<Page>(mostBytes: number): PageCache<Page> {
  // A Map keeps insertion order, so its first entry is the one unused for longest.
  const pages = new Map<string, CachedPage<Page>>()
  let bytes = 0
  const forget = (place: string): void => {
    const page = pages.get(place)
    if (page === undefined) return
    pages.delete(place)
    bytes -= page.bytes + overheadBytes
  }
  return {
    find: (place, version) => {
      const page = pages.get(place)
      if (page === undefined || page.version !== version) return undefined
      pages.delete(place)
      pages.set(place, page)
      return page.value
    },
    keep: (place, page) => {
      forget(place)
      pages.set(place, page)
      bytes += page.bytes + overheadBytes
      for (const eldest of pages.keys()) {
        if (bytes <= mostBytes) return
        forget(eldest)
      }
    },
  }
}
