// Connections over their whole life: connect, reconnect, failures at Attio, disconnect, and what Attio receives.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { suite, test } from 'node:test'
import { standard, type FaultAnswer } from '@taskr/local-attio'
import type { Browser } from '../../testing/in-process/http-browser.ts'
import { approve, connect, password, scopes, type World } from '../../testing/in-process/testbed.ts'
import { worldsPerTest } from '../../testing/in-process/worlds-per-test.ts'

const open = worldsPerTest()

suite('connections', () => {
  test('connecting shows the workspace, and counts its tasks as they arrive', async () => {
    const firstPage = Promise.withResolvers<void>()
    const secondPage = Promise.withResolvers<void>()
    let pages = 0
    const world = await open({
      attio: { seed: { tasks: 1_214 } },
      fetch: (real) => async (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input)
        if (pathname === '/v2/tasks') await [firstPage, secondPage][pages++]?.promise
        return await real(input, init)
      },
    })
    const jo = await world.signedUp()
    const back = await connect(world.attio, jo)
    assert.equal(back.location, '/')
    assert.match(
      toastOf(await jo.get('/')),
      /Acme Robotics as Ada Byron\. Its tasks are on their way\./,
    )
    assert.equal(toastOf(await jo.get('/')), '')
    const about = { 'x-taskr-toast': await connectionIdOf(jo) }
    firstPage.resolve()
    await until(async () => /so far/.test(toastOf(await jo.get('/', about))))
    const soFar = toastOf(await jo.get('/', about))
    assert.match(soFar, /Acme Robotics as Ada Byron · 500 tasks so far\. Wrong workspace\?/)
    secondPage.resolve()
    await world.taskr.idle()
    assert.match(
      toastOf(await jo.get('/', about)),
      / as Ada Byron · 1,214 tasks\. Wrong workspace\?/,
    )
    const { id } = standard.workspaces.acme
    const tasks = world.attio.control.world.tasks.all()
    assert.equal(tasks.filter(({ workspaceId }) => workspaceId === id).length, 1_214)
    const eve = await world.signedUp('eve')
    await connect(world.attio, eve, { workspace: 'globex' })
    await eve.get('/')
    assert.equal(toastOf(await eve.get('/', about)), '')
  })

  test('"Wrong workspace?" revokes the fresh token at Attio', async () => {
    const world = await open()
    const jo = await world.connected()
    const [token] = tokensOf(world)
    assert.equal(await statusOfToken(world, token), 200)
    const id = await connectionIdOf(jo)
    const ended = await jo.post(`/connections/${id}/disconnection`, { reason: 'not-this-one' })
    assert.equal(ended.status, 303)
    assert.equal(await statusOfToken(world, token), 401)
    assert.match(
      text((await jo.get('/connections')).body),
      /Disconnected Acme Robotics\. Nothing of it is kept/,
    )
  })

  test('TK-14 disconnecting deletes the mirror, revokes the token and shows a receipt', async () => {
    const world = await open()
    const jo = await world.connected()
    const [token] = tokensOf(world)
    const id = await connectionIdOf(jo)
    await jo.post(`/connections/${id}/disconnection`)
    assert.equal(await statusOfToken(world, token), 401)
    const page = text((await jo.get('/connections')).body)
    assert.match(page, /No workspace connected/)
    assert.match(page, /Acme Robotics Revoked Attio confirmed/)
    assert.match((await jo.post('/settings/export/everything.json')).body, /"tasks": \[\]/)
    assert.equal((await connect(world.attio, jo)).location, '/')
    await world.taskr.idle()
    assert.match((await jo.get('/?view=open&whose=everyone')).body, /class="task"/)
  })

  test('disconnecting asks for the password when it was not entered recently', async () => {
    const world = await open()
    const jo = await world.connected()
    const id = await connectionIdOf(jo)
    await world.clock.advance(11 * 60_000)
    assert.match((await jo.get('/connections')).body, /name="password"/)
    const before = jo.cookies.get('taskr_session')
    assert.equal((await jo.post(`/connections/${id}/disconnection`)).status, 403)
    assert.equal(
      (await jo.post(`/connections/${id}/disconnection`, { password: 'not my password at all' }))
        .status,
      403,
    )
    assert.equal((await jo.post(`/connections/${id}/disconnection`, { password })).status, 303)
    assert.notEqual(jo.cookies.get('taskr_session'), before)
    assert.match(text((await jo.get('/connections')).body), /Disconnected Acme Robotics/)
  })

  const silences: readonly (readonly [string, FaultAnswer, RegExp])[] = [
    ['429', { status: 429 }, /Attio asked Taskr to wait/],
    ['500', { status: 500, body: '<h1>no</h1>' }, /Attio answered with an error \(500\)/],
    [
      '400',
      { status: 400, body: { error: 'invalid_request' } },
      /Attio answered with an error \(400\)/,
    ],
    ['a broken connection', { reset: 'before-commit' }, /Attio couldn’t be reached/],
    ['silence', { hang: true }, /Attio didn’t answer in time/],
  ]
  for (const [how, answer, words] of silences) {
    test(`a revocation that meets ${how} is reported, survives a restart, and succeeds later`, async () => {
      // Silence lasts as long as Taskr waits, in real time.
      const world = await open({ attioDeadlineMs: 2_000 })
      const jo = await world.connected()
      const [token] = tokensOf(world)
      const heal = world.attio.control.faults.add({ path: '/oauth/revoke', answer })
      const id = await connectionIdOf(jo)
      await world.advanceUntil(jo.post(`/connections/${id}/disconnection`))
      const page = text((await jo.get('/connections')).body)
      assert.match(page, /Not yet revoked/)
      assert.match(page, words)
      assert.equal(await statusOfToken(world, token), 200)
      await world.restart()
      world.taskr.startWorking()
      await world.clock.advance(60_000)
      assert.equal(await statusOfToken(world, token), 200)
      heal()
      await windOn(world, 10 * 60_000)
      assert.equal(await statusOfToken(world, token), 401)
      assert.match(text((await jo.get('/connections')).body), /Acme Robotics Revoked/)
    })
  }

  test('a crash between token and connection leaves no valid token behind', async () => {
    const world = await open()
    const jo = await world.signedUp()
    const back = await approve(world.attio, jo)
    const heal = world.attio.control.faults.add({ path: '/v2/self', answer: { status: 500 } })
    const answer = await world.advanceUntil(jo.get(back))
    assert.equal(answer.status, 503)
    heal()
    const [token] = tokensOf(world)
    assert.equal(await statusOfToken(world, token), 401)
  })

  test('TK-15 H-57 a token revoked elsewhere causes one 401, one GET /v2/self, and no further calls', async () => {
    const world = await open()
    const jo = await world.connected()
    world.attio.control.removeApp(world.clientId, 'acme')
    await world.clock.advance(16 * 60_000)
    world.attio.control.journal.clear()
    await jo.get('/')
    await world.advanceUntil(world.taskr.idle())
    assert.equal(world.attio.control.journal.count({ path: '/v2/self' }), 1)
    assert.equal(world.attio.control.journal.count(), 2)
    const page = await jo.get('/?view=open&whose=everyone')
    assert.match(text(page.body), /Taskr lost access to Acme Robotics\. Showing tasks from 10:41/)
    assert.match(page.body, /class="task"/)
    await world.clock.advance(600_000)
    await jo.get('/')
    await world.taskr.idle()
    assert.equal(world.attio.control.journal.count(), 2)
  })

  test('reconnecting restores the connection under the same id, and the old token is revoked', async () => {
    const world = await open()
    const jo = await world.connected()
    const id = await connectionIdOf(jo)
    const [first] = tokensOf(world)
    await connect(world.attio, jo)
    await world.taskr.idle()
    assert.equal(await connectionIdOf(jo), id)
    world.taskr.startWorking()
    await windOn(world, 30_000)
    assert.equal(await statusOfToken(world, first), 401)
    assert.equal(tokensOf(world).length, 1)
  })

  test('a late refusal of the old token does not end a connection that was reconnected meanwhile', async () => {
    const world = await open()
    const jo = await world.connected()
    const owner = await world.ownerOf(jo)
    const { connections } = world.taskr.parts
    const outcome = await connections.callAttio(owner, async (client) => {
      await connect(world.attio, jo)
      world.taskr.startWorking()
      await windOn(world, 30_000)
      return await client.workspaceMembers.list()
    })
    assert.equal(outcome.kind, 'needs-reconnect')
    const [connection] = await connections.list(owner.accountId)
    assert.equal(connection?.status, 'active')
    assert.doesNotMatch(text((await jo.get('/')).body), /lost access/)
  })

  test('a reconnect that returns with another workspace overwrites nothing and stores nothing', async () => {
    const world = await open()
    const jo = await world.connected()
    const id = await connectionIdOf(jo)
    const begun = await jo.post('/integrations/attio/connect', { connection: id })
    const back = world.attio.control.consent({
      url: begun.location ?? '',
      person: standard.people.ada.emailAddress,
      workspace: 'globex',
    })
    const answer = await jo.get(back.pathname + back.search)
    assert.equal(answer.status, 409)
    assert.match(text(answer.body), /You were reconnecting Acme Robotics, but chose Globex/)
    assert.equal(await connectionIdOf(jo), id)
    assert.equal(tokensOf(world).length, 1)
  })

  test('“Sync now” during a sync leads to another full sync', async () => {
    let isOpen = Promise.resolve()
    const world = await open({
      fetch: (real) => async (input, init) => {
        await isOpen
        return await real(input, init)
      },
    })
    const jo = await world.connected()
    await world.clock.advance(5 * 60_000)
    const gate = Promise.withResolvers<void>()
    isOpen = gate.promise
    await jo.get('/')
    await jo.post('/tasks/refresh')
    gate.resolve()
    await world.taskr.idle()
    const { body } = await jo.get('/')
    assert.match(body, /title="[^"]* 10:46"[^>]*>(?:Live|just now)</)
  })

  test('H-60 page views call Attio not at all while the mirror is fresh', async () => {
    const world = await open()
    const jo = await world.connected()
    world.attio.control.journal.clear()
    for (let view = 0; view < 20; view++)
      assert.equal((await jo.get('/?view=open&whose=everyone')).status, 200)
    await world.taskr.idle()
    assert.equal(world.attio.control.journal.count(), 0)
  })

  test('H-08 TK-01 no access token is stored in plain text in the database’s files', async () => {
    const world = await open()
    await world.connected()
    const [token = ''] = tokensOf(world)
    const path = world.config.databaseUrl.slice('file:'.length)
    const files = [path, `${path}-wal`]
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file))
    assert.ok(files.length > 0 && token.length === 64)
    for (const file of files) {
      for (const encoding of ['utf8', 'base64', 'base64url', 'hex'] as const) {
        const spelled = encoding === 'utf8' ? token : Buffer.from(token).toString(encoding)
        assert.equal(file.includes(spelled.slice(0, 40)), false, encoding)
      }
    }
    assert.ok(files.some((file) => file.includes('Acme Robotics')))
  })

  test('several workspaces form one list, with each task labelled', async () => {
    const world = await open()
    const jo = await world.connected()
    await connect(world.attio, jo, { workspace: 'globex' })
    await world.taskr.idle()
    const page = text((await jo.get('/?view=open&whose=everyone')).body)
    assert.match(page, /Acme Robotics/)
    assert.match(page, /Globex/)
    const all = await jo.get('/connections')
    assert.equal(new Set(all.body.match(/\/connections\/[\w-]{36}(?=")/g)).size, 2)
  })

  test('an account can neither see nor end another account’s connection', async () => {
    const world = await open()
    const jo = await world.connected('jo')
    const id = await connectionIdOf(jo)
    const eve = await world.signedUp('eve')
    assert.equal((await eve.get(`/connections/${id}`)).status, 404)
    assert.equal((await eve.post(`/connections/${id}/disconnection`)).status, 404)
    assert.equal((await eve.get(`/?workspace=${id}`)).status, 200)
    await connect(world.attio, eve, { workspace: 'globex' })
    assert.equal((await eve.get(`/?workspace=${id}`)).status, 404)
    assert.equal((await jo.get(`/connections/${id}`)).status, 200)
  })

  test('TK-05 TK-06 a stored token that was swapped or altered is refused, and the person is told to reconnect', async () => {
    const world = await open()
    const jo = await world.connected()
    await connect(world.attio, jo, { workspace: 'globex' })
    await world.taskr.idle()
    const file = new DatabaseSync(world.config.databaseUrl.slice('file:'.length))
    const sealed = file.prepare('select connection_id, sealed_access_token from connections').all()
    const swap = file.prepare(
      'update connections set sealed_access_token = ? where connection_id = ?',
    )
    for (const [at, { connection_id: id }] of sealed.entries()) {
      swap.run(sealed[1 - at]?.['sealed_access_token'] ?? '', id ?? '')
    }
    file.close()
    world.attio.control.journal.clear()
    await jo.post('/tasks/refresh')
    await world.taskr.idle()
    const page = text((await jo.get('/?view=open&whose=everyone')).body)
    assert.match(page, /Taskr lost access to Acme Robotics/)
    assert.match(page, /Taskr lost access to Globex/)
    assert.equal(world.attio.control.journal.count(), 0)
    assert.match(text((await jo.get('/events')).body), /Couldn't read the access token for Globex/)
    assert.match(world.logger.lines.join(''), /token-unreadable/)
    await connect(world.attio, jo)
    await world.taskr.idle()
    assert.doesNotMatch(text((await jo.get('/')).body), /Acme Robotics no longer trusts/)
  })

  test('deleting the account first revokes every token', async () => {
    const world = await open()
    const jo = await world.connected()
    await connect(world.attio, jo, { workspace: 'globex' })
    await world.taskr.idle()
    const tokens = tokensOf(world)
    assert.equal(tokens.length, 2)
    assert.equal(
      (await jo.post('/settings/deletion', { password: 'not my password at all' })).status,
      400,
    )
    assert.equal((await jo.post('/settings/deletion', { password })).status, 303)
    for (const token of tokens) assert.equal(await statusOfToken(world, token), 401)
    const again = world.browser()
    assert.equal((await again.post('/login', { username: 'jo', password })).status, 401)
  })

  test('scopes removed later are detected within a day, named, and detected again when they return', async () => {
    const world = await open()
    const jo = await world.connected()
    grant(world, ['task:read', 'user_management:read'])
    await aDayPasses(world)
    const page = text((await jo.get('/connections')).body)
    assert.match(page, /Permissions missing Taskr can’t read its tasks\./)
    assert.match(page, /Tasks ?Read-write ?Object configuration ?Read ?Records ?Read/)
    assert.match((await jo.get('/?view=open&whose=everyone')).body, /class="task"/)
    grant(world, scopes)
    await aDayPasses(world)
    assert.match(text((await jo.get('/connections')).body), /Connected/)
    const events = text((await jo.get('/events')).body)
    assert.equal(events.match(/Permissions changed for Acme Robotics/g)?.length, 2)
  })

  test('a connection without “Tasks: Read-write” names that scope and keeps reading', async () => {
    const world = await open()
    const jo = await world.connected()
    const readOnly = ['task:read', ...scopes.slice(1)]
    grant(world, readOnly)
    await aDayPasses(world)
    const words =
      /Acme Robotics: “Tasks: Read-write” is missing in Attio’s dashboard\. Its tasks are read-only\./
    assert.match(text((await jo.get('/')).body), words)
    const panel = text((await jo.get('/connections')).body)
    assert.match(panel, /then reconnect: Tasks ?Read-write (?!Object|Records|User|Webhooks)/)
    const content = 'Written while Taskr may only read'
    const ada = { member: standard.people.ada.emailAddress, workspace: 'acme' }
    world.attio.control.as(ada).addTask({ content })
    await jo.post('/tasks/refresh')
    await world.taskr.idle()
    assert.match((await jo.get('/?view=no-date&whose=everyone')).body, new RegExp(content))

    const kim = await world.signedUp('kim')
    world.attio.control.setAppScopes(world.clientId, readOnly)
    assert.equal((await connect(world.attio, kim)).location, '/')
    await world.taskr.idle()
    assert.match(text((await kim.get('/')).body), words)
  })

  test('a connection without webhooks works, and says that changes arrive late', async () => {
    const world = await open()
    const jo = await world.signedUp()
    world.attio.control.setAppScopes(world.clientId, scopes.slice(0, -1))
    assert.equal((await connect(world.attio, jo)).location, '/')
    await world.taskr.idle()
    const page = text((await jo.get('/?view=open&whose=everyone')).body)
    assert.match(page, /Acme Robotics: “Webhooks: Read-write” is missing in Attio’s dashboard\./)
    assert.doesNotMatch(page, /cannot/)
  })

  test('a 403 leads to one GET /v2/self, and the missing scope is named at once', async () => {
    const world = await open()
    const jo = await world.connected()
    grant(world, ['task:read-write', 'user_management:read'])
    await world.clock.advance(16 * 60_000)
    world.attio.control.journal.clear()
    await world.taskr.parts.sync.syncNow(await world.ownerOf(jo), 0)
    assert.equal(world.attio.control.journal.count({ path: '/v2/self' }), 1)
    assert.match(
      text((await jo.get('/?view=open&whose=everyone')).body),
      /“Object configuration: Read”, “Records: Read” and “Webhooks: Read-write” are missing in Attio’s dashboard\. Taskr can’t read its tasks\. Showing tasks from 10:41/,
    )
  })

  test('missing scopes are named as Attio’s dashboard labels them, and nothing is stored', async () => {
    const world = await open()
    const jo = await world.signedUp()
    world.attio.control.setAppScopes(world.clientId, ['task:read'])
    const answer = await connect(world.attio, jo)
    assert.equal(answer.status, 403)
    assert.match(
      text(answer.body),
      /Tasks ?Read-write ?Object configuration ?Read ?Records ?Read ?User management ?Read ?Webhooks ?Read-write/,
    )
    assert.match((await jo.get('/connections')).body, /No workspace connected/)
    assert.equal(tokensOf(world).length, 0)
  })
})

/** Changes the scopes of existing tokens as the dashboard does; `GET /v2/self` then reports them. */
function grant(world: World, granted: readonly string[]): void {
  const { accessTokens } = world.attio.control.world
  world.attio.control.world.transact(() => {
    for (const token of accessTokens.all()) accessTokens.put({ ...token, scopes: [...granted] })
  })
}

async function aDayPasses(world: World): Promise<void> {
  await world.restart()
  await world.clock.advance(25 * 3_600_000)
  world.taskr.startWorking()
  await windOn(world, 10_000)
  await world.restart()
}

function text(page: string): string {
  return page
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')
}

function toastOf({ body }: { readonly body: string }): string {
  const [, toast = ''] = /<div\s+class="toast"(.*?)<\/div>/s.exec(body) ?? []
  return text(toast.slice(toast.indexOf('>') + 1)).trim()
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve))
}

function tokensOf(world: World): string[] {
  return world.attio.control.world.accessTokens.all().map(({ id }) => id)
}

async function statusOfToken(world: World, token: string | undefined): Promise<number> {
  const answer = await world.attio.fetch(`${world.attio.origin}/v2/workspace_members`, {
    headers: { authorization: `Bearer ${token ?? ''}` },
  })
  return answer.status
}

async function connectionIdOf(browser: Browser): Promise<string> {
  const { body } = await browser.get('/connections')
  return /\/connections\/([\w-]{36})\/disconnection/.exec(body)?.[1] ?? ''
}

/** Advances the clock past the workers' pauses. */
async function windOn(world: World, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) {
    await world.clock.advance(5_000)
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
}
