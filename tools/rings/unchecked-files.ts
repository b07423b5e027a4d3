// Knows which files a check has to look at again: those that changed since it last passed, and those that import them.
// Checking every file takes two processors ten seconds, and most runs follow a change of a few.
import { hash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { root } from './test-files.ts'

const recordSchema = z.object({
  /** The hash of what decides about every file, such as the settings of the check. */
  rules: z.string(),
  /** Maps each file to the hash of its content at the last run. */
  contents: z.record(z.string(), z.string()),
  /** The files that had not passed when the last run ended. */
  unchecked: z.array(z.string()),
})

type CheckRecord = z.output<typeof recordSchema>

export interface CheckedFiles {
  readonly name: string
  /** From the root, like all paths here. */
  readonly paths: readonly string[]
  /** The texts that decide about every file. A change of one makes all files unchecked. */
  readonly rules: readonly string[]
  /** Returns what a file imports, where a change of that can make the file fail. */
  readonly importsOf?: (path: string) => readonly string[]
  /** Where the record is kept; default node_modules/.cache/checks. */
  readonly folder?: string
  /** Returns the text of a file; default as it is in the repository. */
  readonly read?: (path: string) => string
}

export interface UncheckedFiles {
  /** Those that must be looked at. */
  readonly paths: readonly string[]
  /** Notes that these files passed, with the content that they had when this was made. */
  readonly pass: (paths: readonly string[]) => void
}

const recordsFolder = join(root, 'node_modules', '.cache', 'checks')

export function findUncheckedFiles(files: CheckedFiles): UncheckedFiles {
  const file = join(files.folder ?? recordsFolder, `${files.name}.json`)
  const read = files.read ?? readText
  const now = {
    rules: hash('sha256', files.rules.join('\0')),
    contents: Object.fromEntries(files.paths.map((path) => [path, hash('sha256', read(path))])),
  }
  const before = readRecord(file)
  const paths = before?.rules === now.rules ? whatChanged(before, now.contents, files) : files.paths
  return {
    paths,
    pass: (passed) => {
      const left = new Set(paths)
      for (const path of passed) left.delete(path)
      writeRecord(file, { ...now, unchecked: [...left] })
    },
  }
}

/** Returns the files that did not pass the last time, those that changed since, and all that import a changed one. */
function whatChanged(
  before: CheckRecord,
  contents: CheckRecord['contents'],
  { paths, importsOf = importsNothing }: CheckedFiles,
): readonly string[] {
  const known = new Set([...Object.keys(before.contents), ...paths])
  const changed = [...known].filter((path) => before.contents[path] !== contents[path])
  const reached = new Set(changed)
  const importers = findImporters(changed.length === 0 ? [] : paths, importsOf)
  // A set may grow while it is read.
  for (const path of reached) for (const one of importers.get(path) ?? []) reached.add(one)
  const unchecked = new Set(before.unchecked)
  return paths.filter((path) => reached.has(path) || unchecked.has(path))
}

function importsNothing(): readonly string[] {
  return []
}

function findImporters(
  paths: readonly string[],
  importsOf: (path: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>()
  for (const path of paths) {
    for (const target of importsOf(path)) {
      const known = importers.get(target)
      if (known === undefined) importers.set(target, [path])
      else known.push(path)
    }
  }
  return importers
}

/** Returns an empty text for a file that is gone: tests that run meanwhile make some and remove them. */
export function readText(path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return ''
  }
}

/** Returns undefined when there is no record yet, or none that can be read. */
function readRecord(file: string): CheckRecord | undefined {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** Replaces the record in one step: another run may read it at the same time. */
function writeRecord(file: string, record: CheckRecord): void {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(record))
  renameSync(draft, file)
}
