// Limits the memory that the process uses beyond its live data.
import { setFlagsFromString } from 'node:v8'

/**
 * Lets the heap grow by a fifth of its live data before garbage is collected; V8's default is several times as much,
 * which the first sync of a large workspace would fill. Call it before anything else, since it changes V8's settings
 * for the whole process.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=20')
}
