// Pairs a browser of the story with its cookie jar in the model, and finds the items that a step refers to.
import { createBrowser, type Browser } from '../../testing/in-process/http-browser.ts'
import { taskrOrigin } from '../../testing/in-process/testbed.ts'
import type { Jar } from './interleaving-model.ts'
import type { InterleavingTestbed } from './interleaving-testbed.ts'

export interface Place {
  readonly browser: Browser
  readonly jar: Jar
  node: 0 | 1
}

export function newPlace({ nodes }: InterleavingTestbed): Place {
  const place: Place = {
    browser: createBrowser((request, address) => {
      const node = nodes[place.node]
      return node.fetch(request, address)
    }, taskrOrigin),
    jar: { cookie: undefined, tickets: new Set() },
    node: 0,
  }
  return place
}

/** Moves the matching items to the end, where steps pick most often. */
export function lastThose<Item>(
  items: readonly Item[],
  are: (item: Item) => boolean,
): readonly Item[] {
  return [...items.filter((item) => !are(item)), ...items.filter(are)]
}

/** Returns the item at an index that counts back from the newest and wraps around. */
export function pick<Item>(items: readonly Item[], which: number | undefined): Item | undefined {
  if (which === undefined || items.length === 0) return undefined
  return items[items.length - 1 - (which % items.length)]
}
