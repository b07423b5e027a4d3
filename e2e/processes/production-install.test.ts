// `node app/main.ts` as companies run it: after `npm ci --omit=dev`, by a user that can write only the data folder.
import assert from 'node:assert/strict'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { writeBuiltAssets } from '../../app/web/assets/built-assets.ts'
import {
  productionEnvironment,
  runProcess,
  startProcess,
} from '../../testing/processes/taskr-process.ts'
import { createProductionFolder } from '../../testing/processes/production-folder.ts'

async function sizeOf(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

suite('after npm ci --omit=dev, on files that Taskr cannot write', () => {
  test('Taskr starts as another user, serves its style sheet, is healthy and ends with code 0', async () => {
    await writeBuiltAssets()
    await using production = await createProductionFolder()
    assert.ok(
      (await sizeOf(production.folder)) < 120e6,
      'the image adds at most 120 MB to its base',
    )
    const environment = productionEnvironment(`file:${join(production.data, 'taskr.db')}`)
    const taskr = await startProcess(environment, 'app/main.ts', production)
    const site = `http://localhost:${taskr.port}`
    const headers = { host: 'localhost:3050' }
    const page = await (await fetch(`${site}/login`, { headers })).text()
    const [, stylesheet = ''] = page.match(/href="(\/assets\/app\.[^"]+\.css)"/) ?? []
    assert.equal((await fetch(site + stylesheet, { headers })).status, 200)
    const check = runProcess({ PORT: String(taskr.port) }, 'tools/is-healthy.ts', production)
    assert.deepEqual(await check.ended, { code: 0, signal: null })
    taskr.signal('SIGTERM')
    assert.deepEqual(await taskr.ended, { code: 0, signal: null })
    assert.equal(taskr.stderr(), '')
    const late = runProcess({ PORT: String(taskr.port) }, 'tools/is-healthy.ts', production)
    assert.equal((await late.ended).code, 1)
  })

  test('without built browser code Taskr refuses to start and names the command', async () => {
    await using production = await createProductionFolder({ built: false })
    const environment = productionEnvironment(`file:${join(production.data, 'taskr.db')}`)
    const taskr = runProcess(environment, 'app/main.ts', production)
    assert.deepEqual(await taskr.ended, { code: 1, signal: null })
    assert.equal(
      taskr.stderr(),
      'Taskr did not start:\n  The browser code has not been built. Run: npm run build\n',
    )
  })
})
