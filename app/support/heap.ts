// Limits the memory that the process uses beyond its live data.
import { setFlagsFromString } from 'node:v8'

/**
 * Lets the heap grow by a fifth of its live data before garbage is collected. By default V8 lets it grow several times as
 * much, and the first sync of a large workspace would use all of that. Applies to the whole process.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=20')
}

/**
 * Loads modules while the young generation stays as small as it starts: V8 gives little of what it has once reserved
 * back. Afterwards it may grow, because pages cost a third more when it cannot.
 */
export async function loadIntoSmallHeap<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  keepHeapSmall()
  setFlagsFromString('--semi-space-growth-factor=1')
  try {
    return await load()
  } finally {
    setFlagsFromString('--semi-space-growth-factor=2')
  }
}
