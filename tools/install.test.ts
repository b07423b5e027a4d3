// Every npm script first installs packages on a fresh clone, and leaves a running Taskr's packages alone.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { z } from 'zod'

const root = join(import.meta.dirname, '..')
const lock = {
  '': {},
  'node_modules/needed': { version: '1.0.0' },
  'node_modules/tested': { version: '1.0.0', dev: true },
  'node_modules/elsewhere': { version: '1.0.0', optional: true },
}
const everything = ['needed', 'tested']

suite('before an npm script', () => {
  test('a fresh clone is installed with the development dependencies', async () => {
    await using clone = await createClone()
    assert.deepEqual(await clone.run(), { installs: ['ci --include=dev'], ran: true, said: '' })
  })

  test('a fresh clone in production is installed without the development dependencies', async () => {
    await using clone = await createClone()
    const result = await clone.run({ production: true })
    assert.deepEqual(result, { installs: ['ci --omit=dev'], ran: true, said: '' })
  })

  test('after npm ci --omit=dev a production script runs and installs nothing', async () => {
    await using clone = await createClone({ installed: ['needed'] })
    const started = { installs: [], ran: true, said: '' }
    assert.deepEqual(await clone.run({ production: true }), started)
    assert.deepEqual(await clone.run(), started)
  })

  test('after npm ci --omit=dev a development script says what to do and installs nothing', async () => {
    await using clone = await createClone({ installed: ['needed'] })
    const { installs, ran, said } = await clone.run({ needsDev: true })
    assert.deepEqual({ installs, ran }, { installs: [], ran: false })
    assert.match(said, /^This needs packages [^\n]*npm ci --include=dev\n$/)
  })

  test('production refuses packages of another version, and does not reinstall them', async () => {
    await using clone = await createClone({ installed: everything, version: '0.9.0' })
    const { installs, ran, said } = await clone.run({ production: true })
    assert.deepEqual({ installs, ran }, { installs: [], ran: false })
    assert.match(said, /^node_modules is not what package-lock\.json names[^\n]*\n$/)
  })

  test('development reinstalls packages of another version', async () => {
    await using clone = await createClone({ installed: everything, version: '0.9.0' })
    const { installs, ran } = await clone.run({ needsDev: true })
    assert.deepEqual({ installs, ran }, { installs: ['ci --include=dev'], ran: true })
  })

  test('packages for other platforms do not count as missing', async () => {
    await using clone = await createClone({ installed: everything })
    assert.deepEqual((await clone.run({ needsDev: true })).installs, [])
  })
})

suite('the manifest', () => {
  test('H-02 an install script that is not on the list ends the install', async () => {
    assert.match(await readFile(join(root, '.npmrc'), 'utf8'), /^strict-allow-scripts=true$/m)
  })

  test('npm sbom lists the production packages', async () => {
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only']
    const { stdout, said } = await run('npm', args, { cwd: root })
    assert.notEqual(stdout, '', said)
    const { components } = z
      .object({ components: z.array(z.object({ name: z.string() })) })
      .parse(JSON.parse(stdout))
    const names = components.map(({ name }) => name)
    assert.ok(names.includes('hono') && names.includes('node'))
    assert.ok(!names.includes('typescript'))
  })
})

interface Chosen {
  readonly production?: boolean
  readonly needsDev?: boolean
}

/** Makes a folder with a space in its name, the install tools, and an npm stub that records its arguments. */
async function createClone(given: { installed?: readonly string[]; version?: string } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'taskr clone '))
  await mkdir(join(folder, 'tools'))
  for (const name of ['install.mjs', 'installed.mjs', 'find-node.mjs'])
    await cp(join(root, 'tools', name), join(folder, 'tools', name))
  await writeFile(join(folder, 'tools', 'script.mjs'), 'process.stdout.write("ran")')
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ packages: lock }))
  await writeFile(join(folder, 'npm.js'), fakeNpm)
  if (given.installed !== undefined) {
    const packages = Object.fromEntries(
      given.installed.map((name) => [
        `node_modules/${name}`,
        { version: given.version ?? '1.0.0' },
      ]),
    )
    await mkdir(join(folder, 'node_modules'))
    await writeFile(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
  }
  return {
    run: async ({ production = false, needsDev = false }: Chosen = {}) => {
      const args = ['tools/install.mjs', ...(needsDev ? ['--dev'] : []), 'tools/script.mjs']
      const env = {
        npm_execpath: join(folder, 'npm.js'),
        ...(production && { NODE_ENV: 'production' }),
      }
      const { stdout, said } = await run(process.execPath, args, { cwd: folder, env })
      const installs = [...stdout.matchAll(/^npm (ci \S+)/gm)].map(([, asked = '']) => asked)
      return { installs, ran: stdout.endsWith('ran'), said }
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

const fakeNpm = 'console.log("npm " + process.argv.slice(2).join(" "))'

async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<{ stdout: string; said: string }> {
  return await new Promise((done) => {
    execFile(command, args, { maxBuffer: 1e7, ...options }, (_, stdout, said) =>
      done({ stdout, said }),
    )
  })
}
