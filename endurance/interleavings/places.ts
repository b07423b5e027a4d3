// A browser of the story and its jar in the model; and how a step finds what it is about.
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

/** What is most worth trying is put where the newest are. */
export function lastThose<Item>(
  items: readonly Item[],
  are: (item: Item) => boolean,
): readonly Item[] {
  return [...items.filter((item) => !are(item)), ...items.filter(are)]
}

/** Counted from the newest, round and round. */
export function pick<Item>(items: readonly Item[], which: number | undefined): Item | undefined {
  if (which === undefined || items.length === 0) return undefined
  return items[items.length - 1 - (which % items.length)]
}
