import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findTestFiles } from './test-files.ts'

suite('what a test file needs', () => {
  test('a file that starts processes, itself or through what it imports, needs processes', () => {
    for (const path of [
      'app/run.test.ts',
      'local-attio/src/world/kill/kill.test.ts',
      'e2e/processes/process.test.ts',
      'testing/database/test-postgres.test.ts',
    ])
      assert.deepEqual(needsAt(path), ['processes'], path)
  })

  test('a file that opens pages in Chromium needs a browser', () => {
    assert.deepEqual(needsAt('e2e/journeys/list.test.ts'), ['browser'])
  })

  test('a file whose suites run on both engines needs PostgreSQL, and nothing else', () => {
    const [file] = findTestFiles('app/tasks/changes.test.ts')
    assert.deepEqual(file, {
      path: 'app/tasks/changes.test.ts',
      need: 'nothing',
      usesPostgres: true,
    })
  })
})

function needsAt(path: string): readonly string[] {
  return findTestFiles(path).map(({ need }) => need)
}
