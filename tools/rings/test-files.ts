// Finds test files, and what each of them needs: a browser, processes of its own, PostgreSQL, or nothing but this
// process. A test file needs what it imports, directly or through other files.
import { globSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { readImports } from '../architecture/sources.ts'

export const root = resolve(import.meta.dirname, '../..')
export const parts = ['attio', 'local-attio', 'app', 'tools', 'testing', 'e2e'] as const

export type Need = 'browser' | 'processes' | 'nothing'

export interface TestFile {
  /** From the root. */
  readonly path: string
  readonly need: Need
  readonly usesPostgres: boolean
}

/** Returns the test files at a path, or below it. */
export function findTestFiles(place: string): TestFile[] {
  const path = resolve(root, place)
  const found = statSync(path).isFile()
    ? [path]
    : globSync('**/*.test.ts', { cwd: path, exclude: isForeign }).map((file) => join(path, file))
  return found.toSorted().map((file) => describe(relative(root, file)))
}

function isForeign(name: string): boolean {
  return name === 'node_modules' || name === 'dist'
}

function describe(path: string): TestFile {
  const reached = reach(path)
  return { path, need: findNeed(path, reached), usesPostgres: reached.has(postgresFixture) }
}

const postgresFixture = 'testing/database/test-postgres.ts'
const postgresPrograms = 'testing/database/postgres-programs.ts'
/** They start PostgreSQL for the suites on it, which the fast ring leaves out. */
const startingPostgres = [postgresFixture, postgresPrograms, 'testing/runnable-folder.ts']

function findNeed(path: string, reached: ReadonlySet<string>): Need {
  if (reached.has('playwright-core')) return 'browser'
  const starts = [...reached].some((target) => target.startsWith('testing/processes/'))
  const isAboutPostgres = importsOf(path).includes(postgresPrograms)
  const spawns = [path, ...reached].some(
    (target) => !startingPostgres.includes(target) && isSource(target) && startsProcesses(target),
  )
  return starts || spawns || isAboutPostgres || startsThreads(reached) ? 'processes' : 'nothing'
}

function startsProcesses(path: string): boolean {
  return importsOf(path).includes('node:child_process')
}

function isSource(target: string): boolean {
  return target.endsWith('.ts')
}

/** True when a test starts threads, each of which loads the sources again and occupies a processor. */
function startsThreads(reached: ReadonlySet<string>): boolean {
  return [...reached].some((path) => path.startsWith('endurance/threads/'))
}

/** Returns everything that a file imports, directly or through other files of the repository. */
function reach(path: string, reached = new Set<string>()): Set<string> {
  for (const target of importsOf(path)) {
    if (reached.has(target)) continue
    reached.add(target)
    if (isSource(target)) reach(target, reached)
  }
  return reached
}

const known = new Map<string, readonly string[]>()

function importsOf(path: string): readonly string[] {
  const found =
    known.get(path) ??
    readImports(path)
      .filter(isLoaded)
      .map(({ target }) => target)
  known.set(path, found)
  return found
}

function isLoaded({ typeOnly }: { readonly typeOnly: boolean }): boolean {
  return !typeOnly
}
