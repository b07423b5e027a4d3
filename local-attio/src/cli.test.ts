import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { z } from 'zod'
import { readCommand } from './cli-options.ts'

const bin = join(import.meta.dirname, 'bin.ts')
const folder = mkdtempSync(join(tmpdir(), 'local-attio-cli-'))
const file = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}
const app = {
  name: 'Mine',
  redirectUris: ['http://localhost/cb'],
  scopes: ['task:read'],
  clientId: '3f0d5c6e-9a51-4f6e-8f57-2f1f8a3f0001',
  clientSecret: 'a-secret-of-my-own',
}

suite('command line', () => {
  test.after(() => rmSync(folder, { recursive: true }))

  test('every option reaches the server', () => {
    const apps = file('apps.json', [app])
    const words = `--port 0 --host 0.0.0.0 --origin http://attio:3060/ --allow-host attio
      --allow-host other --allow-control-from 172.16.0.0/12 --data world.db --seed no-tasks
      --apps ${apps} --rate-limits reads=10,tasks.list=2 --shapes documented --strict --json`
    const command = readCommand(words.split(/\s+/))
    assert.deepEqual(command, {
      kind: 'start',
      isJson: true,
      options: {
        port: 0,
        host: '0.0.0.0',
        origin: 'http://attio:3060',
        allowedHosts: ['attio', 'other'],
        allowControlFrom: ['172.16.0.0/12'],
        data: 'world.db',
        seed: 'no-tasks',
        apps: [app],
        rateLimits: { reads: 10, perOperation: { 'tasks.list': 2 } },
        shapes: 'documented',
        strict: true,
      },
    })
    const unlimited = readCommand(['--rate-limits', 'off'])
    assert.equal(unlimited.kind === 'start' && unlimited.options.rateLimits, false)
  })

  test('an invalid option is named in the error', () => {
    const halfJson = join(folder, 'half.json')
    writeFileSync(halfJson, '{')
    for (const [args, problem] of [
      [['--port', '70000'], /--port 70000/],
      [['--port', ''], /--port/],
      [['--origin', 'attio:3060'], /--origin/],
      [['--shapes', 'pretty'], /--shapes pretty/],
      [['--rate-limits', 'fast'], /--rate-limits fast/],
      [['--apps', file('wrong.json', [{ ...app, clientId: 'mine' }])], /clientId/],
      [['--apps', 'no-such-file'], /^Error: --apps no-such-file: ENOENT/],
      [['--apps', halfJson], /^Error: --apps \S+half\.json: /],
      [['--seed', 'no-such-seed'], /^Error: --seed no-such-seed: ENOENT/],
      [['--seed', halfJson], /^Error: --seed \S+half\.json: /],
      [
        ['--seed', file('other.json', {})],
        /^Error: --seed \S+other\.json: That file is not a world/,
      ],
      [['--nonsense'], /--nonsense/],
    ] as const) {
      assert.throws(() => readCommand(args), problem, args.join(' '))
    }
  })

  test('a program reads the address from one line of JSON', { timeout: 60_000 }, async (t) => {
    const apps = file('apps.json', [app])
    const child = spawn(process.execPath, [bin, '--port', '0', '--json', '--apps', apps], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    t.after(() => child.kill())
    const line = await firstLine(child.stdout)
    const ready = z
      .strictObject({ url: z.string(), port: z.number(), pid: z.number() })
      .parse(JSON.parse(line))
    assert.equal(ready.pid, child.pid)
    const again = await fetch(`${ready.url}/_control/apps`, {
      method: 'PUT',
      body: JSON.stringify(app),
    })
    assert.deepEqual(await again.json(), {
      clientId: app.clientId,
      clientSecret: app.clientSecret,
    })
  })

  test('a taken port ends the program with a one-line error', { timeout: 60_000 }, async (t) => {
    const other = createServer().listen(0, '127.0.0.1')
    t.after(() => other.close())
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const started = promisify(execFile)(process.execPath, [bin, '--port', String(port)])
    await assert.rejects(started, (error: Error & { stderr?: string; code?: number }) => {
      assert.equal(error.code, 1)
      assert.match(error.stderr ?? '', /^That port is taken\.[^\n]*\n$/)
      return true
    })
  })
})

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input })) return line
  throw new Error('There was no line.')
}
