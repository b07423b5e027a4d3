// Installs the packed package in an empty project: its types hold, and the examples of the README and
// the doc comments compile there. The README's examples also run against the local Attio.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { inspect, promisify } from 'node:util'
import { createAttioClient } from '@taskr/attio'
import type { AuthorizationRequest } from '@taskr/attio/oauth'
import { createLocalAttio, standard } from '@taskr/local-attio'
import { packWorkspace } from '../testing/pack-workspace.ts'
import {
  context,
  countReadmeBlocks,
  documentedExamples,
  readmeExamples,
} from './testing/readme-examples.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
const tool = (name: string) => join(root, 'node_modules', '.bin', name)

suite('the package', { timeout: 120_000 }, () => {
  let project = ''
  let folder = ''
  let installed = ''
  let tarball = ''

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attio-package-'))
    project = join(folder, 'project')
    await mkdir(project)
    const files = ['README.md', 'package.json', 'src', 'tsconfig.json']
    tarball = await packWorkspace({ name: 'attio', files, into: folder })
    await install(project, tarball)
    installed = join(project, 'node_modules', '@taskr', 'attio')
  })

  after(() => rm(folder, { recursive: true, force: true }))

  test('`npm pack` packs only compiled code, types, README and licence', async () => {
    assert.deepEqual((await readdir(installed)).toSorted(), [
      'LICENSE',
      'README.md',
      'lib',
      'package.json',
    ])
    const files = await readdir(join(installed, 'lib'), { recursive: true })
    const strange = files.filter((file) => /\btest|testing|(?<!\.d)\.ts$/.test(file))
    assert.deepEqual(strange, [])
  })

  test('publint and attw report no problems', async () => {
    await run(tool('publint'), [installed, '--strict'])
    await run(tool('attw'), [tarball, '--profile', 'esm-only'])
  })

  test('every example in README and doc comments compiles with only the package installed', async () => {
    const fromReadme = await readmeExamples()
    assert.equal(fromReadme.length, await countReadmeBlocks())
    const fromComments = await documentedExamples()
    assert.ok(fromComments.length > 15)
    await mkdir(join(project, 'examples'))
    for (const { name, text } of [...fromReadme, ...fromComments]) {
      await writeFile(join(project, 'examples', name), text)
    }
    await writeFile(join(project, 'context.d.ts'), context)
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(strictest))
    await run(tool('tsc'), ['-p', project]).catch(showOutput)
  })

  test('the README’s examples run against the local Attio', async (t) => {
    const attio = createLocalAttio()
    t.mock.method(globalThis, 'fetch', (url: string, init: RequestInit) =>
      attio.fetch(url.replace(/^https:\/\/(app|api)\.attio\.com/, attio.origin), init),
    )
    const redirectUri = 'https://example.com/callback'
    const registration = { name: 'Mine', redirectUris: [redirectUri], scopes }
    const app = { ...attio.registerApp(registration), redirectUri }
    const person = standard.people.ada.emailAddress
    const grant = { clientId: app.clientId, memberEmail: person, workspace: 'acme' }
    const accessToken = attio.issueAccessToken(grant)
    const example = (name: string) => openExample(join(project, 'examples', name))

    const ours = createAttioClient({ accessToken })
    const { tasks } = await ours.tasks.list({ isCompleted: false })
    const list = await example('list-tasks.ts')
    const listed = await list('listOpenTasks', accessToken)
    assert.ok(Array.isArray(listed) && listed.length === tasks.length && listed.length > 0)

    const connect = await example('connect.ts')
    const flow = await connect('beginConnecting', app)
    assert.ok(isFlow(flow))
    const callback = attio.control.consent({ url: flow.url, person, workspace: 'acme' })
    const connected = await connect('finishConnecting', app, callback, flow)
    assert.equal(connected, 'Connected to Acme Robotics.')
    const forged = new URL(`${redirectUri}?code=x&state=x`)
    assert.equal(
      await connect('finishConnecting', app, forged, flow),
      'This response belongs to another request.',
    )

    const local = await example('local.ts')
    const client = await local('localClient', accessToken)

    const change = await example('change-tasks.ts')
    const [contact] = await ours.records.query('people', {
      filter: { email_addresses: 'grace@initech.example' },
    })
    assert.ok(contact)
    const planned = await change('planACall', client, 'grace@initech.example')
    const linkedRecords = [{ targetObject: 'people', targetRecordId: contact.id }]
    const names = await example('names.ts')
    for (const task of [planned, { linkedRecords }]) {
      assert.deepEqual(await names('namesOfLinkedPeople', client, task), ['Grace Hopper'])
    }

    const failures = await example('failures.ts')
    assert.match(String(await failures('countTasks', client)), /^\d+ tasks$/)

    const disconnect = await example('disconnect.ts')
    assert.equal(await disconnect('disconnect', accessToken), 'The token is revoked.')
    assert.equal(await failures('countTasks', client), 'Please connect again.')
    attio.close()
  })

  test('the README’s webhook receiver accepts only deliveries that Attio signed', async () => {
    const receive = await openExample(join(project, 'examples', 'receive.ts'))
    const id = { workspace_id: 'w-1', task_id: 't-1' }
    const events = [{ event_type: 'task.created', id, actor: { type: 'system', id: null } }]
    const body = JSON.stringify({ webhook_id: 'h-1', events })
    const signature = createHmac('sha256', 'secret').update(body).digest('hex')
    const statusFor = async (signature: string) => {
      const headers = { 'attio-signature': signature }
      const request = new Request('https://example.com', { method: 'POST', body, headers })
      const response = await receive('receive', request, 'secret')
      assert.ok(response instanceof Response)
      return response.status
    }
    assert.equal(await statusFor(signature), 202)
    assert.equal(await statusFor(signature.toUpperCase()), 401)
  })
})

const scopes = [
  'task:read-write',
  'object_configuration:read',
  'record_permission:read',
  'user_management:read',
]

const strictest = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: 'es2024',
    module: 'nodenext',
    lib: ['es2024', 'dom', 'dom.iterable'],
    types: [],
    noEmit: true,
    skipLibCheck: false,
  },
  include: ['examples', 'context.d.ts'],
}

/** Installs like `npm install`, offline: the two dependencies are copied from this repository. */
async function install(project: string, tarball: string): Promise<void> {
  const own = (name: string) => `file:${join(root, 'node_modules', name)}`
  const dependencies = {
    '@taskr/attio': `file:${tarball}`,
    oauth4webapi: own('oauth4webapi'),
    zod: own('zod'),
  }
  const manifest = { name: 'empty', private: true, type: 'module', dependencies }
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest))
  const options = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock']
  await run('npm', ['install', ...options], { cwd: project })
}

/** Calls an example's export by name. */
async function openExample(path: string) {
  const module: unknown = await import(pathToFileURL(path).href)
  return async (name: string, ...values: unknown[]): Promise<unknown> => {
    assert.ok(typeof module === 'object' && module !== null)
    const called: unknown = Reflect.get(module, name)
    assert.ok(typeof called === 'function')
    return Reflect.apply(called, undefined, values)
  }
}

function isFlow(value: unknown): value is AuthorizationRequest {
  return typeof value === 'object' && value !== null && 'url' in value && 'state' in value
}

function showOutput(error: unknown): never {
  assert.fail(error instanceof Error && 'stdout' in error ? String(error.stdout) : inspect(error))
}
