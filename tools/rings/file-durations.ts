// Remembers how long each test file took, so that the next run begins with the longest one and no process waits long for
// the others at the end. Only the order follows from it, so a wrong duration does no harm.
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { root } from './test-files.ts'

/** Maps each path to milliseconds. */
export type FileDurations = ReadonlyMap<string, number>

const durationsSchema = z.record(z.string(), z.number())
const durationsFile = join(root, 'node_modules', '.cache', 'durations.json')

/** Returns an empty map when there is no record, or none that can be read. */
export function readFileDurations(file = durationsFile): FileDurations {
  try {
    return new Map(Object.entries(durationsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))))
  } catch {
    return new Map()
  }
}

/** Adds durations to those that are known. */
export function saveFileDurations(durations: FileDurations, file = durationsFile): void {
  const all = Object.fromEntries([...readFileDurations(file), ...durations])
  mkdirSync(dirname(file), { recursive: true })
  // In one step, because another run may read it at the same time.
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(all))
  renameSync(draft, file)
}

/** Puts files of unknown duration first, the longest text first: in a fresh clone no duration is known. */
export function longestFirst(
  paths: readonly string[],
  durations: FileDurations,
  lengthOf: (path: string) => number = bytesOf,
): string[] {
  const by = (value: (path: string) => number) => (a: string, b: string) => value(b) - value(a)
  const unknown = paths.filter((path) => !durations.has(path))
  const known = paths.filter((path) => durations.has(path))
  return [
    ...unknown.toSorted(by(lengthOf)),
    ...known.toSorted(by((path) => durations.get(path) ?? 0)),
  ]
}

function bytesOf(path: string): number {
  return statSync(join(root, path)).size
}
