// Installs the packed local Attio in a new project and runs each of its examples with that example's tool, and its first
// test on every supported Node version. Needs a network.
import { execFile, spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import chromium from '@sparticuz/chromium'
import { pack } from '../../tools/pack.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
const project = await mkdtemp(join(tmpdir(), 'local-attio-examples-'))
const bin = (name: string): string => join(project, 'node_modules', '.bin', name)
let failures = 0

try {
  const { tarball } = await pack('local-attio', project)
  await run('npm', ['init', '-y'], { cwd: project })
  await npmInstall([tarball, 'vitest', 'jest', '@playwright/test'])
  await cp(join(root, 'local-attio/example'), join(project, 'example'), { recursive: true })

  for (const version of ['22.16.0', '22', '24', '26']) {
    const prefix = join(project, `node-${version}`)
    await run('npm', ['install', '--silent', '--prefix', prefix, `node@${version}`])
    const node = join(prefix, 'node_modules/node/bin/node')
    await attempt(`node:test on Node ${version}`, node, ['--test', 'example/oauth.test.mjs'])
    await attempt(`--help on Node ${version}`, node, [bin('local-attio'), '--help'])
  }
  await attempt('vitest', bin('vitest'), ['run', 'example/vitest/tasks.test.mjs'])
  const esm = ['--experimental-vm-modules', bin('jest')]
  await attempt('jest', process.execPath, [
    ...esm,
    '--testMatch',
    '**/example/jest/*.test.mjs',
    '--rootDir',
    '.',
  ])
  await attempt('Playwright', bin('playwright'), ['test', '--config', 'example/playwright'], {
    CHROMIUM: await chromium.executablePath(),
  })

  const server = spawn(bin('local-attio'), ['--port', '3067'], { stdio: 'ignore' })
  try {
    await untilReady('http://localhost:3067')
    const env = { LOCAL_ATTIO_URL: 'http://localhost:3067', GO111MODULE: 'off' }
    await attempt('pytest', 'pytest', ['-q', 'example/pytest'], env)
    await attempt('Go', 'go', ['test', './example/go'], env)
    await attempt('RSpec', 'rspec', ['example/rspec'], env)
  } finally {
    server.kill()
  }
} finally {
  await rm(project, { recursive: true, force: true })
}
process.exitCode = failures === 0 ? 0 : 1

async function npmInstall(packages: readonly string[]): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--silent']
  await run('npm', ['install', ...quiet, ...packages], { cwd: project })
}

async function attempt(
  name: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const path = `${join(project, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`
  try {
    await run(command, [...args], {
      cwd: project,
      env: { ...process.env, PATH: path, ...env },
      timeout: 120_000,
    })
    console.log(`passed         ${name}`)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      console.log(`not installed  ${name}`)
      return
    }
    failures += 1
    console.log(`failed         ${name}`)
    if (error instanceof Error && 'stdout' in error) console.log(String(error.stdout))
    console.log(error)
  }
}

async function untilReady(url: string): Promise<void> {
  for (let attempts = 0; attempts < 100; attempts += 1) {
    const isReady = await fetch(url).then(
      () => true,
      () => false,
    )
    if (isReady) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${url} did not answer within ten seconds.`)
}
