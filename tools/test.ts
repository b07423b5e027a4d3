// Runs tests. What each ring holds: CONTRIBUTING.md.
//
//   npm test                              the full ring: both engines, processes, Chromium
//   npm run test:fast                     the fast ring: types, lint, format and all tests in process, on SQLite
//   npm test app/accounts                 the fast ring of some folders
//   npm test app/database/sqlite/sqlite-engine.test.ts  some files, with everything that they ask for
//   … --watch                             again whenever a source changes
import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { TestPostgresError } from '../testing/database/postgres-programs.ts'
import { NoRunnableFolderError } from '../testing/runnable-folder.ts'
import { runChosenFiles, runFastRing, runFullRing } from './rings/rings.ts'
import { findTestFiles } from './rings/test-files.ts'
import { runOnChanges } from './rings/watch.ts'

const { values, positionals } = parseArgs({
  options: { fast: { type: 'boolean' }, watch: { type: 'boolean' } },
  allowPositionals: true,
})

async function run(): Promise<void> {
  try {
    process.exitCode = (await choose()) ? 0 : 1
  } catch (error) {
    const isKnown = error instanceof TestPostgresError || error instanceof NoRunnableFolderError
    if (!isKnown) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

async function choose(): Promise<boolean> {
  if (positionals.length === 0) return values.fast ? await runFastRing() : await runFullRing()
  const missing = positionals.filter(
    (place) => statSync(place, { throwIfNoEntry: false }) === undefined,
  )
  if (missing.length > 0) {
    console.error(`There is no ${missing.join(', no ')}.`)
    return false
  }
  const isFolder = positionals.some((place) => statSync(place).isDirectory())
  const isFast = positionals.flatMap(findTestFiles).some(({ need }) => need === 'nothing')
  return isFolder && isFast ? await runFastRing(positionals) : await runChosenFiles(positionals)
}

if (values.watch) runOnChanges(run)
else await run()
