// The rings of tests. The fast ring runs in process on SQLite; the full ring adds PostgreSQL, processes and Chromium.
import { cpus } from 'node:os'
import { rm } from 'node:fs/promises'
import { readBuiltAssets, writeBuiltAssets } from '../../app/web/assets/built-assets.ts'
import { startTestPostgres } from '../../testing/database/test-postgres.ts'
import { createTestFolder } from '../../testing/test-folder.ts'
import { runChecks } from './checks.ts'
import { merge, runApart, runTogether, type TestResult } from './run-tests.ts'
import { findTestFiles, parts, type TestFile } from './test-files.ts'

const processors = cpus().length

/** Checks types, lint and format, and runs the in-process tests on SQLite, of some folders or of all. */
export async function runFastRing(places: readonly string[] = []): Promise<boolean> {
  const files = (places.length === 0 ? parts : places).flatMap(findTestFiles)
  const fast = files.filter(({ need }) => need === 'nothing')
  if (readBuiltAssets().kind === 'refused') await writeBuiltAssets()
  const [checked, result] = await Promise.all([
    runChecks(places),
    runTogether({
      paths: fast.map(pathOf),
      env: { TASKR_TEST_ENGINE: 'sqlite' },
      // One more overlaps the waits of some tests.
      atOnce: fast.length > filesOfFolder ? processors + 1 : processors,
      verbose: places.length > 0,
    }),
  ])
  const left = files.length - fast.length
  say(result, left === 0 ? '' : `${left} files need a browser or processes: npm test runs them`)
  return checked && result.ok
}

/** Runs the checks, the fast ring on both engines, the process tests and the journeys. */
export async function runFullRing(): Promise<boolean> {
  const [checked, ran] = await Promise.all([
    runChecks(),
    runFiles(parts.flatMap(findTestFiles), false),
  ])
  return checked && ran
}

/** Runs the given test files with everything they need. */
export async function runChosenFiles(paths: readonly string[]): Promise<boolean> {
  return await runFiles(paths.flatMap(findTestFiles), true)
}

async function runFiles(files: readonly TestFile[], verbose: boolean): Promise<boolean> {
  const postgres = files.some(({ usesPostgres }) => usesPostgres)
    ? await startTestPostgres()
    : undefined
  const checkedPages = await createTestFolder('taskr-checked-pages-')
  const env = {
    TASKR_TEST_CHECKED_PAGES: checkedPages,
    ...(postgres === undefined ? {} : { TEST_POSTGRES_URL: postgres.url }),
  }
  const pathsWith = (need: TestFile['need']): string[] =>
    files.filter((file) => file.need === need).map(pathOf)
  try {
    if (readBuiltAssets().kind === 'refused') await writeBuiltAssets()
    if (files.some(({ need }) => need === 'browser')) await prepareChromium()
    // All three kinds side by side: each waits for something else much of the time.
    const result = merge(
      await Promise.all([
        runTogether({ paths: pathsWith('nothing'), env, atOnce: processors, verbose }),
        runApart({ paths: pathsWith('processes'), env, atOnce: 1, verbose }),
        runTogether({ paths: pathsWith('browser'), env, atOnce: processors, verbose }),
      ]),
    )
    say(result)
    return result.ok
  } finally {
    await postgres?.stop()
    await rm(checkedPages, { recursive: true })
  }
}

/** Loads Playwright only for files that need it: that takes longer than the tests of a small folder. */
async function prepareChromium(): Promise<void> {
  const { unpackChromium } = await import('../../testing/browser/chromium.ts')
  await unpackChromium()
}

/** Up to this many files, loading Taskr in one more process takes longer than the waits that it would overlap. */
const filesOfFolder = 40

function pathOf({ path }: TestFile): string {
  return path
}

function say({ files }: TestResult, ...more: readonly string[]): void {
  const sum = (of: 'passed' | 'failed' | 'skipped'): number =>
    files.reduce((total, file) => total + file[of], 0)
  const seconds = Math.round(performance.now() / 100) / 10
  const skipped = sum('skipped') === 0 ? [] : [`${sum('skipped')} skipped`]
  const counts = [`${sum('passed')} passed`, `${sum('failed')} failed`, ...skipped]
  console.log([`${counts.join(', ')} in ${files.length} files, ${seconds} s`, ...more].join('\n'))
}
