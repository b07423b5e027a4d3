// Does for many in one round what each of them asks for alone: whatever comes while a round is under way shares the
// next, so that the busier it is, the less each costs.
import { setImmediate as nextTurn } from 'node:timers/promises'

/** `no-room`: so many wait that this one would wait too long. */
export type Together<Item, Result> = (item: Item) => Promise<Result | 'no-room'>

/** Gives back a result for each item, in their order; or throws, and did nothing for any of them. */
export type Round<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>

export function createTogether<Item, Result>(
  round: Round<Item, Result>,
  limits: { readonly atOnce: number; readonly waiting: number },
): Together<Item, Result> {
  const waiting: Waiting<Item, Result>[] = []
  let isUnderWay = false

  const begin = async (): Promise<void> => {
    isUnderWay = true
    while (waiting.length > 0) {
      // What has arrived with the first one comes along.
      await nextTurn()
      await work(round, waiting.splice(0, limits.atOnce))
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

/** Never throws: whoever waits hears of it. */
async function work<Item, Result>(
  round: Round<Item, Result>,
  all: readonly Waiting<Item, Result>[],
): Promise<void> {
  const failed = await attempt(round, all)
  if (failed === undefined) return
  if (all.length === 1) return rejectAll(all, failed.error)
  // One that cannot be done spoils nothing for the others. When a second one fails, too, it is not they who are at fault.
  let failures = 0
  for (const [at, one] of all.entries()) {
    const alone = await attempt(round, [one])
    if (alone === undefined) continue
    one.reject(alone.error)
    failures += 1
    if (failures === 2) return rejectAll(all.slice(at + 1), alone.error)
  }
}

async function attempt<Item, Result>(
  round: Round<Item, Result>,
  all: readonly Waiting<Item, Result>[],
): Promise<{ readonly error: unknown } | undefined> {
  try {
    const results = await round(all.map(({ item }) => item))
    for (const [at, result] of results.entries()) all[at]?.resolve(result)
    return undefined
  } catch (error) {
    return { error }
  }
}

function rejectAll<Item, Result>(all: readonly Waiting<Item, Result>[], error: unknown): void {
  for (const { reject } of all) reject(error)
}
