// What npm would get, in an empty project: it installs, its types hold, it runs from the command line and in process.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { pack, type Packed } from '../tools/pack.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
const tool = (name: string) => join(root, 'node_modules', '.bin', name)

suite('the package', { timeout: 120_000 }, () => {
  let project = ''
  let packed: Packed = { folder: '', tarball: '' }

  before(async () => {
    project = await mkdtemp(join(tmpdir(), 'local-attio-package-'))
    packed = await pack('local-attio', project)
    await writeFile(
      join(project, 'package.json'),
      JSON.stringify({ type: 'module', private: true }),
    )
    const offline = [
      'install',
      '--offline',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--silent',
    ]
    const needs = ['hono', '@hono/node-server', 'zod'].map((name) =>
      join(root, 'node_modules', name),
    )
    await run('npm', [...offline, packed.tarball, ...needs], { cwd: project })
  })

  after(() => rm(project, { recursive: true, force: true }))

  test('holds compiled code with its styles, types, README and licence, and no tests', async () => {
    const names = (await readdir(packed.folder)).toSorted()
    assert.deepEqual(names, ['LICENSE', 'README.md', 'lib', 'package.json'])
    const files = await readdir(join(packed.folder, 'lib'), { recursive: true })
    assert.deepEqual(
      files.filter((file) => /\.test\.|for-tests\/.|(?<!\.d)\.ts$/.test(file)),
      [],
    )
    assert.ok(files.some((file) => file.endsWith('.css')))
  })

  test('publint and attw find nothing', async () => {
    await run(tool('publint'), [packed.folder, '--strict'])
    await run(tool('attw'), [packed.tarball, '--profile', 'esm-only'])
  })

  test('starts from the command line and shows its pages in full', async () => {
    const bin = join(project, 'node_modules', '.bin', 'local-attio')
    const child = spawn(process.execPath, [bin, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const url = await firstAddress(child.stdout)
      const page = await (await fetch(url)).text()
      const [stylesheet = ''] = /\/assets\/[\w.-]+\.css/.exec(page) ?? []
      const styles = await fetch(new URL(stylesheet, url))
      assert.equal(styles.status, 200)
      assert.match(await styles.text(), /light-dark\(/)
    } finally {
      child.kill()
    }
  })

  test('works in process, with its types, as a stranger would write it', async () => {
    await writeFile(join(project, 'first.ts'), firstProgram)
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(strictest))
    await run(tool('tsc'), ['-p', project]).catch((error: unknown) => {
      assert.fail(
        error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error),
      )
    })
    const { stdout } = await run(process.execPath, [join(project, 'first.ts')])
    assert.equal(stdout.trim(), '200 true 7')
  })
})

const firstProgram = `
import { createLocalAttio, standard } from '@taskr/local-attio'

const attio = createLocalAttio({ seed: { tasks: 7 } })
const redirectUris = ['http://localhost:3000/callback']
const scopes = ['task:read', 'user_management:read', 'object_configuration:read', 'record_permission:read']
const { clientId } = attio.registerApp({ name: 'Mine', redirectUris, scopes })
const memberEmail = standard.people.ada.emailAddress
const token = attio.issueAccessToken({ clientId, workspace: 'acme', memberEmail })
const headers = { authorization: \`Bearer \${token}\` }
const self = await attio.fetch(\`\${attio.origin}/v2/self\`, { headers })
const { active } = JSON.parse(await self.text()) as { active: boolean }
const tasks = await attio.fetch(\`\${attio.origin}/v2/tasks\`, { headers })
const { data } = JSON.parse(await tasks.text()) as { data: unknown[] }
console.log(tasks.status, active, data.length)
attio.close()
`

const strictest = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'es2024',
    module: 'nodenext',
    lib: ['es2024', 'dom', 'esnext'],
    types: [],
    allowImportingTsExtensions: true,
    skipLibCheck: false,
  },
  files: ['first.ts'],
}

/** The first address that the program prints. */
async function firstAddress(output: AsyncIterable<unknown>): Promise<string> {
  let text = ''
  for await (const chunk of output) {
    text += String(chunk)
    const [address] = /http:\/\/\S+/.exec(text) ?? []
    if (address !== undefined) return address
  }
  throw new Error(`No address in: ${text}`)
}
