// A batcher: items that arrive while one batch is processed share the next, so that the busier it is, the less each
// item costs.
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Resolves to the item's result, or to `no-room` when too many items are waiting already. */
export type Batcher<Item, Result> = (item: Item) => Promise<Result | 'no-room'>

/** Returns a result for each item, in order; or throws, having done nothing for any of them. */
export type WorkOnBatch<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>

export function createBatcher<Item, Result>(
  workOn: WorkOnBatch<Item, Result>,
  limits: { readonly atOnce: number; readonly waiting: number },
): Batcher<Item, Result> {
  const waiting: Waiting<Item, Result>[] = []
  let isUnderWay = false

  const begin = async (): Promise<void> => {
    isUnderWay = true
    while (waiting.length > 0) {
      // Items that arrived in the same turn share the batch.
      await nextTurn()
      await work(workOn, waiting.splice(0, limits.atOnce))
    }
    isUnderWay = false
  }

  return async (item) => {
    if (waiting.length >= limits.waiting) return 'no-room'
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    waiting.push({ item, resolve, reject })
    if (!isUnderWay) void begin()
    return await promise
  }
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/** Never throws: a failure rejects the promises of the waiting items. */
async function work<Item, Result>(
  workOn: WorkOnBatch<Item, Result>,
  all: readonly Waiting<Item, Result>[],
): Promise<void> {
  const failed = await attempt(workOn, all)
  if (failed === undefined) return
  if (all.length === 1) return rejectAll(all, failed.error)
  // One bad item must not fail the others, so each is tried alone. After a second failure the items are not to blame.
  let failures = 0
  for (const [at, one] of all.entries()) {
    const alone = await attempt(workOn, [one])
    if (alone === undefined) continue
    one.reject(alone.error)
    failures += 1
    if (failures === 2) return rejectAll(all.slice(at + 1), alone.error)
  }
}

async function attempt<Item, Result>(
  workOn: WorkOnBatch<Item, Result>,
  all: readonly Waiting<Item, Result>[],
): Promise<{ readonly error: unknown } | undefined> {
  try {
    const results = await workOn(all.map(({ item }) => item))
    for (const [at, result] of results.entries()) all[at]?.resolve(result)
    return undefined
  } catch (error) {
    return { error }
  }
}

function rejectAll<Item, Result>(all: readonly Waiting<Item, Result>[], error: unknown): void {
  for (const { reject } of all) reject(error)
}
