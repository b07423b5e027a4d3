// Reads a list that Attio pages by limit and offset.
// Source: docs.attio.com/rest-api/guides/pagination
import { AttioResponseError } from '../errors.ts'

/** The largest page this client requests: the default of Attio's lists, which is documented to work. */
export const largestPage = 500

export interface PageRange {
  readonly limit: number
  readonly offset: number
}

export interface PageOptions {
  /** Items per page, at most 500 (default). */
  readonly pageSize?: number
  /**
   * How many items of the previous page to request again (default 0). When an item on a page already
   * read is deleted, the items after it move up; an overlap keeps the next page from skipping one of
   * them.
   */
  readonly overlap?: number
}

export interface PagedList<Page, Item> extends PageOptions {
  /** First offset (default 0). */
  readonly from?: number
  readonly read: (range: PageRange) => Promise<Page>
  readonly itemsOf: (page: Page) => readonly Item[]
  readonly idOf: (item: Item) => string
}

/** Yields pages until one is not full. Items may repeat between pages. */
export async function* readPages<Page, Item>(list: PagedList<Page, Item>): AsyncGenerator<Page> {
  const { pageSize = largestPage, overlap = 0, from = 0, read, itemsOf, idOf } = list
  const { limit } = checkRange({ limit: pageSize, offset: from })
  if (!Number.isInteger(overlap) || overlap < 0 || overlap >= limit) {
    throw new RangeError('overlap must be an integer from 0 to one less than the page size')
  }
  let seen = new Set<string>()
  for (let offset = from; ; offset += limit - overlap) {
    const page = await read({ limit, offset })
    const items = itemsOf(page)
    yield page
    if (items.length < limit) return
    // A server that ignores the offset would make this loop endless.
    if (items.every((item) => seen.has(idOf(item)))) {
      throw new AttioResponseError(`offset ${offset}`, '', 'another page than the one before')
    }
    seen = new Set(items.map(idOf))
  }
}

/** Yields every item once, although pages may overlap. */
export async function* readItems<Page, Item>(list: PagedList<Page, Item>): AsyncGenerator<Item> {
  const seen = new Set<string>()
  for await (const page of readPages(list)) {
    for (const item of list.itemsOf(page)) {
      const id = list.idOf(item)
      if (seen.has(id)) continue
      seen.add(id)
      yield item
    }
  }
}

/** Throws a RangeError unless 1 ≤ limit ≤ 500 and offset ≥ 0, both whole. */
export function checkRange<
  R extends { readonly limit?: number | undefined; readonly offset?: number | undefined },
>(range: R): R {
  const { limit = largestPage, offset = 0 } = range
  if (!Number.isInteger(limit) || limit < 1 || limit > largestPage) {
    throw new RangeError(`limit must be an integer from 1 to ${largestPage}`)
  }
  if (!Number.isInteger(offset) || offset < 0) {
    throw new RangeError('offset must be an integer, 0 or more')
  }
  return range
}
