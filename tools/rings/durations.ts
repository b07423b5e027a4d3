// Remembers how long each test file took, so that the next run spreads them evenly.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { root } from './test-files.ts'

const file = join(root, 'node_modules', '.cache', 'test-durations.json')
const schema = z.record(z.string(), z.number())
const unknownMs = 500

export type Durations = Readonly<Record<string, number>>

export function readDurations(): Durations {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}

export function rememberDurations(durations: Durations): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ ...readDurations(), ...durations }))
}

/** Spreads files over at most `count` groups of about the same length, longest first. */
export function spread(paths: readonly string[], count: number, durations: Durations): string[][] {
  const lengthOf = (path: string): number => durations[path] ?? unknownMs
  const groups = Array.from({ length: count }, () => ({ paths: new Array<string>(), ms: 0 }))
  for (const path of paths.toSorted((a, b) => lengthOf(b) - lengthOf(a))) {
    const [shortest] = groups.toSorted((a, b) => a.ms - b.ms)
    shortest?.paths.push(path)
    if (shortest !== undefined) shortest.ms += lengthOf(path)
  }
  return groups.map(({ paths }) => paths).filter((paths) => paths.length > 0)
}
