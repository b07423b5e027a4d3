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

function findNeed(path: string, reached: ReadonlySet<string>): Need {
  if (reached.has('playwright-core')) return 'browser'
  const starts = [...reached].some((target) => target.startsWith('testing/processes/'))
  const spawns = importsOf(path).some((target) => target === 'node:child_process')
  return starts || spawns || startsThreads(reached) ? 'processes' : 'nothing'
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
    if (target.endsWith('.ts')) reach(target, reached)
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
