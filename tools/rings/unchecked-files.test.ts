import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { createTestFolder } from '../../testing/test-folder.ts'
import { findUncheckedFiles, type UncheckedFiles } from './unchecked-files.ts'

const imports: Readonly<Record<string, readonly string[]>> = {
  'page.ts': ['row.ts'],
  'row.ts': ['words.ts'],
  'other.ts': [],
}

suite('unchecked files', () => {
  test('every file is unchecked at first, and none after all have passed', async () => {
    await using checks = await createChecks()
    const first = checks.find()
    assert.deepEqual(first.paths, ['other.ts', 'page.ts', 'row.ts', 'words.ts'])
    first.pass(first.paths)
    assert.deepEqual(checks.find().paths, [])
  })

  test('a change makes the file and everything that imports it unchecked', async () => {
    await using checks = await createChecks()
    checks.passAll()
    checks.texts.set('words.ts', 'changed')
    assert.deepEqual(checks.find().paths, ['page.ts', 'row.ts', 'words.ts'])
    checks.texts.set('words.ts', '')
    checks.texts.set('page.ts', 'changed')
    assert.deepEqual(checks.find().paths, ['page.ts'])
  })

  test('a removed file makes those that import it unchecked', async () => {
    await using checks = await createChecks()
    checks.passAll()
    checks.texts.delete('words.ts')
    assert.deepEqual(checks.find().paths, ['page.ts', 'row.ts'])
  })

  test('a new file is unchecked', async () => {
    await using checks = await createChecks()
    checks.passAll()
    checks.texts.set('new.ts', '')
    assert.deepEqual(checks.find().paths, ['new.ts'])
  })

  test('a file that has not passed stays unchecked while others pass', async () => {
    await using checks = await createChecks()
    checks.find().pass(['other.ts', 'page.ts'])
    assert.deepEqual(checks.find().paths, ['row.ts', 'words.ts'])
    checks.find().pass([])
    assert.deepEqual(checks.find().paths, ['row.ts', 'words.ts'])
  })

  test('a change reaches further than to files that have not passed', async () => {
    await using checks = await createChecks()
    checks.find().pass(['other.ts', 'page.ts', 'words.ts'])
    checks.texts.set('words.ts', 'changed')
    assert.deepEqual(checks.find().paths, ['page.ts', 'row.ts', 'words.ts'])
  })

  test('a file that changes while it is checked is unchecked afterwards', async () => {
    await using checks = await createChecks()
    const during = checks.find()
    checks.texts.set('other.ts', 'changed')
    during.pass(during.paths)
    assert.deepEqual(checks.find().paths, ['other.ts'])
  })

  test('changed rules make every file unchecked, and so does a broken record', async () => {
    await using checks = await createChecks()
    checks.passAll()
    assert.equal(checks.find('stricter').paths.length, 4)
    await writeFile(join(checks.folder, 'lint.json'), '{"rules":')
    assert.equal(checks.find().paths.length, 4)
  })
})

interface Checks extends AsyncDisposable {
  readonly folder: string
  readonly texts: Map<string, string>
  readonly find: (rules?: string) => UncheckedFiles
  readonly passAll: () => void
}

async function createChecks(): Promise<Checks> {
  const folder = await createTestFolder('taskr-checks-')
  const texts = new Map(['other.ts', 'page.ts', 'row.ts', 'words.ts'].map((path) => [path, '']))
  const find: Checks['find'] = (rules = 'rules') =>
    findUncheckedFiles({
      name: 'lint',
      paths: [...texts.keys()].toSorted(),
      rules: [rules],
      importsOf: (path) => imports[path] ?? [],
      folder,
      read: (path) => texts.get(path) ?? '',
    })
  return {
    folder,
    texts,
    find,
    passAll: () => {
      const found = find()
      found.pass(found.paths)
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
