// Goes through a list in turns of the event loop, so that other requests are answered between two items.
import { setImmediate } from 'node:timers/promises'

export async function* inTurns<Item>(items: Iterable<Item>): AsyncGenerator<Item, void> {
  let isFirst = true
  for (const item of items) {
    if (!isFirst) await setImmediate()
    isFirst = false
    yield item
  }
}

const itemsInOneTurn = 200

/** Maps a long list; each turn takes several items. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const [at, item] of items.entries()) {
    if (at > 0 && at % itemsInOneTurn === 0) await setImmediate()
    results.push(map(item))
  }
  return results
}
