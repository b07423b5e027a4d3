// Everything there is to check, in one command: types, lint and format, then every test, the browser
// journeys last. Arguments narrow it to the tests below the given folders or files.
//
//   npm test                      all of it
//   npm test app/accounts e2e     the tests of two folders
import { spawn } from 'node:child_process'
import { globSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { startTestPostgres } from '../testing/database/on-each-engine.ts'
import { TestPostgresError } from '../testing/database/postgres-programs.ts'
import { createTestFolder } from '../testing/test-folder.ts'
import { unpackChromium } from '../testing/browser/chromium.ts'
import { NoRunnableFolderError } from '../testing/runnable-folder.ts'
import { writeBuiltAssets } from '../app/web/assets/built-assets.ts'

const root = resolve(import.meta.dirname, '..')
const bin = join(root, 'node_modules', '.bin')
const parts = ['attio', 'local-attio', 'app', 'tools', 'testing', 'e2e', 'endurance']
const chosen = process.argv.slice(2)
/** A test that hangs fails, instead of keeping all the others waiting. */
const endsWithinMs = 180_000

try {
  process.exitCode = await run()
} catch (error) {
  if (!(error instanceof TestPostgresError) && !(error instanceof NoRunnableFolderError))
    throw error
  console.error(error.message)
  process.exitCode = 1
}

async function run(): Promise<number> {
  if (chosen.length === 0 && !(await runChecks())) return 1
  const files = (chosen.length === 0 ? parts : chosen).flatMap(testFiles)
  await unpackChromium()
  await writeBuiltAssets()
  const postgres = await startTestPostgres()
  const looked = await createTestFolder('taskr-looked-')
  const env = { TEST_POSTGRES_URL: postgres.url, TASKR_TEST_LOOKED: looked }
  try {
    // Journeys come last, when nothing else takes the browsers' time.
    const journeys = files.filter(isJourney)
    const together = files.filter((file) => isOfE2e(file) && !isJourney(file))
    const others = files.filter((file) => !isOfE2e(file))
    const codes = [
      // One more than there are processors: they wait a lot, and measure little.
      await runTests(others, cpus().length + 1, env),
      await runTests(together, cpus().length, env),
      await runTests(journeys, cpus().length, env),
    ]
    return Math.max(...codes)
  } finally {
    await postgres.stop()
    await rm(looked, { recursive: true })
  }
}

async function runTests(
  files: readonly string[],
  atOnce: number,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  if (files.length === 0) return 0
  const args = [
    '--test',
    `--test-concurrency=${atOnce}`,
    `--test-timeout=${endsWithinMs}`,
    ...files,
  ]
  return await runCommand(process.execPath, args, {
    ...env,
    // Each file is a process: what one has compiled, the others need not.
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
  })
}

async function runChecks(): Promise<boolean> {
  const checks = [
    ['tsc', '-p', 'tsconfig.json'],
    ['tsc', '-p', 'attio'],
    ['tsc', '-p', 'app/web/browser'],
    ['oxlint', '--type-aware', '--deny-warnings', '--quiet'],
    ['oxfmt', '--list-different'],
  ] as const
  // All at once: each is alone on one processor for a while.
  const failed: string[] = []
  const check = async ([command, ...args]: (typeof checks)[number]): Promise<void> => {
    const code = await runCommand(join(bin, command), args)
    if (code !== 0) failed.push([command, ...args].join(' '))
  }
  await Promise.all(checks.map(check))
  if (failed.length > 0) console.error(`Not right yet: ${failed.join(' · ')}`)
  return failed.length === 0
}

function isJourney(file: string): boolean {
  const inBrowser = /testing\/browser\/(?:journeys|chromium)\.ts'/
  return inBrowser.test(readFileSync(file, 'utf8'))
}

function isOfE2e(file: string): boolean {
  return ['testing', 'e2e', 'endurance'].some((part) => file.startsWith(join(root, part)))
}

function testFiles(place: string): string[] {
  const path = resolve(root, place)
  return statSync(path).isFile()
    ? [path]
    : globSync('**/*.test.ts', {
        cwd: path,
        exclude: (name) => name === 'node_modules' || name === 'dist',
      })
        .map((file) => join(path, file))
        .toSorted()
}

async function runCommand(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('exit', (code) => done(code ?? 1))
  })
}
