import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { bundleAssets } from './bundle-assets.ts'
import { readBuiltAssets, writeBuiltAssets } from './built-assets.ts'

suite('built assets', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taskr-built-'))
  })
  after(() => rm(folder, { recursive: true }))

  test('a missing build is refused, with the command that creates it', () => {
    assert.deepEqual(readBuiltAssets(join(folder, 'nothing')), {
      kind: 'refused',
      problem: 'The browser code has not been built. Run: npm run build',
    })
  })

  test('a build serves the same names and bytes as bundling in memory', async () => {
    await writeBuiltAssets(folder)
    const reading = readBuiltAssets(folder)
    assert.ok(reading.kind === 'read')
    assert.deepEqual(reading.assets.all, (await bundleAssets()).all)
  })

  test('a build older than a source file is refused, and the file is named', async () => {
    await writeBuiltAssets(folder)
    const file = join(folder, 'assets.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/("browser\/main\.ts":")[^"]+/, '$1older'))
    assert.deepEqual(readBuiltAssets(folder), {
      kind: 'refused',
      problem: 'app/web/browser/main.ts changed after it was built. Run: npm run build',
    })
  })

  test('a build by a version that made other files is refused', async () => {
    await writeBuiltAssets(folder)
    const file = join(folder, 'assets.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"passkeyScript":', '"another":'))
    assert.deepEqual(readBuiltAssets(folder), {
      kind: 'refused',
      problem: 'The browser code was built by another version. Run: npm run build',
    })
  })
})
