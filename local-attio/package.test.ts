// Packs the workspace as `npm publish` does, installs it in an empty project, and checks types, command line and in-process use.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { packWorkspace } from '../testing/pack-workspace.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
const tool = (name: string) => join(root, 'node_modules', '.bin', name)

suite('package', { timeout: 120_000 }, () => {
  let folder = ''
  let project = ''
  let tarball = ''
  let installed = ''

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'local-attio-package-'))
    project = join(folder, 'project')
    await mkdir(project)
    await run('npm', ['init', '-y'], { cwd: project })
    tarball = await packWorkspace({ name: 'local-attio', files: workspaceFiles, into: folder })
    const offline = '--offline --ignore-scripts --no-audit --no-fund --silent'.split(' ')
    const needs = ['hono', '@hono/node-server', 'zod'].map((name) =>
      join(root, 'node_modules', name),
    )
    await run('npm', ['install', ...offline, tarball, ...needs], { cwd: project })
    installed = join(project, 'node_modules', '@taskr', 'local-attio')
  })

  after(() => rm(folder, { recursive: true, force: true }))

  test('`npm pack` packs compiled code, styles, types and documents, but no tests', async () => {
    const names = (await readdir(installed)).toSorted()
    assert.deepEqual(names, ['LICENSE', 'README.md', 'SUPPORTED.md', 'lib', 'package.json'])
    const files = await readdir(join(installed, 'lib'), { recursive: true })
    assert.deepEqual(
      files.filter((file) => /\.test\.|for-tests\/.|(?<!\.d)\.ts$/.test(file)),
      [],
    )
    assert.ok(files.some((file) => file.endsWith('.css')))
  })

  test('publint and attw report no problems', async () => {
    await run(tool('publint'), [installed, '--strict'])
    await run(tool('attw'), [tarball, '--profile', 'esm-only'])
  })

  test('every link in the published README points to a published file', async () => {
    const readme = await readFile(join(installed, 'README.md'), 'utf8')
    for (const [, address = ''] of readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      assert.ok(existsSync(join(installed, address)), address)
    }
  })

  test('the README’s first test passes in a project made by `npm init -y`', async () => {
    const readme = await readFile(join(installed, 'README.md'), 'utf8')
    const [, name = '', code = ''] =
      /<!-- example\/(\S+) -->\s+```\w+\n([^]+?)```/.exec(readme) ?? []
    await writeFile(join(project, name), code)
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const { stdout } = await run(process.execPath, ['--test', name], { cwd: project, env })
    assert.match(stdout, /pass 1\n/)
  })

  test('the command line starts the server, whose pages have their styles', async () => {
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

  test('a program uses the server in process, with types', async () => {
    await writeFile(join(project, 'first.mts'), firstProgram)
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(strictest))
    await run(tool('tsc'), ['-p', project]).catch((error: unknown) => {
      assert.fail(
        error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error),
      )
    })
    const { stdout } = await run(process.execPath, [join(project, 'first.mts')])
    assert.equal(stdout.trim(), '200 true 7')
  })
})

const workspaceFiles = ['ARCHITECTURE.md', 'README.md', 'SUPPORTED.md', 'package.json', 'src']

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
  files: ['first.mts'],
}

/** Returns the first address that the program prints. */
async function firstAddress(output: AsyncIterable<unknown>): Promise<string> {
  let text = ''
  for await (const chunk of output) {
    text += String(chunk)
    const [address] = /http:\/\/\S+/.exec(text) ?? []
    if (address !== undefined) return address
  }
  throw new Error(`No address in: ${text}`)
}
