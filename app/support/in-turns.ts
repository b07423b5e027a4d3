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
