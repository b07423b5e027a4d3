import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { createTestFolder } from '../../testing/test-folder.ts'
import { longestFirst, readFileDurations, saveFileDurations } from './file-durations.ts'

suite('how long test files took', () => {
  test('the file that took longest comes first, after those of unknown duration by their length', () => {
    const durations = new Map([
      ['short.test.ts', 10],
      ['long.test.ts', 900],
    ])
    const paths = ['new.test.ts', 'short.test.ts', 'larger.test.ts', 'long.test.ts']
    const lengthOf = (path: string): number => path.length
    assert.deepEqual(longestFirst(paths, durations, lengthOf), [
      'larger.test.ts',
      'new.test.ts',
      'long.test.ts',
      'short.test.ts',
    ])
  })

  test('saved durations are added to those of earlier runs, and replace older ones', async () => {
    const folder = await createTestFolder('taskr-durations-')
    const file = join(folder, 'cache', 'durations.json')
    saveFileDurations(new Map([['a.test.ts', 1]]), file)
    saveFileDurations(new Map([['b.test.ts', 2]]), file)
    saveFileDurations(new Map([['a.test.ts', 3]]), file)
    assert.deepEqual(
      readFileDurations(file),
      new Map([
        ['a.test.ts', 3],
        ['b.test.ts', 2],
      ]),
    )
    await rm(folder, { recursive: true })
  })

  test('a broken record counts as none', async () => {
    const folder = await createTestFolder('taskr-durations-')
    const file = join(folder, 'durations.json')
    await writeFile(file, '{"a.test.ts":"soon"}')
    assert.deepEqual(readFileDurations(file), new Map())
    await rm(folder, { recursive: true })
  })
})
