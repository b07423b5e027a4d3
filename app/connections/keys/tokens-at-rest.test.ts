// Stored secrets are hashes and sealed values. They are private, too, and one that was tampered with is never used.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { createScanner, type Canary } from '../../../testing/in-process/canary-scan.ts'
import type { Answer, Browser } from '../../../testing/in-process/http-browser.ts'
import { connectionIdsIn } from '../../../testing/in-process/page-text.ts'
import { changeStored, readEveryTable } from '../../../testing/in-process/stored-bytes.ts'
import {
  approve,
  connect,
  createWorld,
  password,
  type World,
} from '../../../testing/in-process/testbed.ts'

onEachEngine('stored secrets', (_open, engine) => {
  test('H-08 TK-03 TK-17 no answer and no log line contains a hash, a sealed value or a key id', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.connected()
    await connect(world.attio, jo, { workspace: 'globex' })
    await world.taskr.idle()
    await leaveSomethingUndone(world, jo)
    const canaries: Canary[] = []
    for (const [table, rows] of await readEveryTable(world.config.databaseUrl)) {
      for (const [column, value] of rows.flatMap((row) => Object.entries(row))) {
        if (!/hash|sealed/.test(column) || typeof value !== 'string') continue
        canaries.push({ kind: `${table}.${column}`, value: Buffer.from(value) })
      }
    }
    for (const kind of stored)
      assert.ok(
        canaries.some((one) => one.kind === kind),
        kind,
      )
    const scanner = createScanner(canaries)
    for (const { body, headers } of await visitEverything(jo)) {
      const sent = Buffer.from(JSON.stringify([...headers]) + body)
      assert.deepEqual(scanner.scan(sent), [])
      assert.doesNotMatch(sent.toString(), /v1\.k1\.|\$argon2/)
    }
    assert.deepEqual(scanner.scan(Buffer.from(world.logger.lines.join(''))), [])
  })

  test('TK-06 a stored token that is empty, plain, cut, or of another version or key is never sent', async () => {
    await using world = await createWorld({
      databaseUrl: await engine.createMigratedUrl(),
      limits: 'none',
    })
    const planted = [
      '',
      'x',
      'a'.repeat(64),
      'v1.k1.AAAA.AAAA',
      'v2.k1.AAAA.AAAA',
      'v1.k9.AAAA.AAAA',
    ]
    const people = await Promise.all(planted.map((_, at) => world.connected(`jo-${at}`)))
    for (const [at, sealed] of planted.entries()) {
      const owner = `(select account_id from accounts where username = 'jo-${at}')`
      await changeStored(
        world.config.databaseUrl,
        `update connections set sealed_access_token = '${sealed}' where account_id = ${owner}`,
      )
    }
    const before = world.attio.control.journal.count()
    await world.clock.advance(16 * 60_000)
    for (const jo of people) {
      assert.equal((await jo.get('/')).status, 200)
      assert.equal((await jo.post('/tasks/refresh')).status, 303)
      await world.advanceUntil(world.taskr.idle())
    }
    assert.equal(world.attio.control.journal.count(), before)
    const alarms = world.logger.lines.filter((line) =>
      line.includes('"connections.token-unreadable"'),
    )
    assert.ok(alarms.length >= planted.length)
  })

  test('TK-06 a request whose sealed verifier or code was altered is refused with a message, and sends nothing', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.signedUp()
    const back = await approve(world.attio, jo)
    const alter = (column: string) =>
      changeStored(
        world.config.databaseUrl,
        `update authorization_requests set ${column} = 'v1.k1.AAAA.AAAA'`,
      )
    await alter('sealed_code_verifier')
    assert.equal((await jo.get(back)).status, 400)

    const away = await approve(world.attio, jo)
    await jo.post('/logout')
    await jo.get(away)
    await alter('sealed_code')
    await jo.post('/login', { username: 'jo', password })
    assert.equal((await jo.post('/integrations/attio/resume')).status, 400)
    assert.equal(world.sent('/oauth/token'), 0)
  })
})

const stored = [
  'accounts.password_hash',
  'sessions.cookie_hash',
  'authorization_requests.state_hash',
  'authorization_requests.sealed_code',
  'connections.sealed_access_token',
  'revocations.sealed_access_token',
]

/** Creates a revocation that Attio refuses, and a code that came back while the browser was signed out. */
async function leaveSomethingUndone(world: World, jo: Browser): Promise<void> {
  world.attio.control.faults.add({ path: '/oauth/revoke', answer: { status: 500 } })
  const [id = ''] = await connectionIdsIn(jo)
  await jo.post(`/connections/${id}/disconnection`)
  const back = await approve(world.attio, jo)
  const session = jo.cookies.get('taskr_session') ?? ''
  jo.cookies.delete('taskr_session')
  await jo.get(back)
  jo.cookies.set('taskr_session', session)
}

async function visitEverything(jo: Browser): Promise<Answer[]> {
  const [id = ''] = await connectionIdsIn(jo)
  const paths = [
    '/',
    '/connections',
    `/connections/${id}`,
    '/integrations/attio/connect',
    '/integrations/attio/resume',
    '/settings',
    '/events',
    '/nowhere',
  ]
  const pages: Answer[] = []
  for (const path of paths) pages.push(await jo.get(path), await jo.post(path, { nonsense: 'x' }))
  for (const path of ['/settings/export/everything.json', '/settings/export/tasks.csv'])
    pages.push(await jo.post(path))
  return pages
}
