// Reads texts, IDs and counts from Taskr's pages.
import type { Browser } from './http-browser.ts'

/** Returns the text of a page without its markup. */
export function wordsOf(page: string): string {
  return page
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')
}

/** Returns how many connections the person in this browser has. */
export async function connectionsIn(browser: Browser): Promise<number> {
  return (await connectionIdsIn(browser)).length
}

export async function connectionIdsIn(browser: Browser): Promise<string[]> {
  const { body } = await browser.get('/connections')
  const ids = [...body.matchAll(/\/connections\/([\w-]{36})\/disconnection/g)]
  return [...new Set(ids.map(([, id = '']) => id))]
}
