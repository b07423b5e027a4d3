// Maps a long list in turns of the event loop, so that other requests are answered in between.
import { setImmediate } from 'node:timers/promises'

const itemsInOneTurn = 200

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
