import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { paths } from './addresses.ts'
import { connectionIdsIn } from '../../testing/in-process/page-text.ts'
import { createMalformer, type Malformed } from '../../testing/in-process/malformed-requests.ts'
import { createWorld, taskrOrigin } from '../../testing/in-process/testbed.ts'

/** To run more: MALFORMED=1000000 node --test app/web/malformed-requests.test.ts */
const malformed = Number(process.env['MALFORMED'] ?? 10_000)

const fieldsOfForms = [
  [paths.signUp, ['username', 'password', 'emailAddress', 'timeZone', 'returnTo']],
  [paths.logIn, ['username', 'password', 'returnTo']],
  [paths.connect, ['connection']],
  [paths.disconnection, ['password', 'reason']],
  [paths.refresh, ['returnTo']],
  [paths.timeZone, ['timeZone']],
  [paths.password, ['username', 'currentPassword', 'newPassword']],
  [paths.accountDeletion, ['password']],
] as const

const inside =
  /node_modules|file:\/\/|\bat .{1,80}\.[jt]s:\d+|\b\w*Error:|SQLITE_|select .{1,40} from /

// A stream never ends, and logging out would end the test.
const places = Object.values(paths)
  .filter((path) => path !== paths.live && path !== paths.logOut)
  .map((path) => ({
    path,
    fields: new Map<string, readonly string[]>(fieldsOfForms).get(path) ?? [],
  }))

onEachEngine('malformed requests', (_open, engine) => {
  const count = engine.name === 'sqlite' ? malformed : Math.ceil(malformed / 10)

  test(`H-24 H-55 ${count} malformed requests cause no 5xx, reveal no internals, and get all headers`, async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.connected()
    const [connectionId = ''] = await connectionIdsIn(jo)
    const stranger = world.browser()
    const make = createMalformer('malformed', [
      ...places,
      { path: `/connections/${connectionId}/disconnection`, fields: ['password', 'reason'] },
      { path: `/connections/${connectionId}`, fields: [] },
    ])
    for (let made = 0; made < count; made++) {
      const request = make()
      const sender = made % 3 === 0 ? jo : stranger
      const session = sender.cookies.get('taskr_session')
      const cookie =
        session === undefined ? [] : ([['cookie', `taskr_session=${session}`]] as const)
      const answer = await world.taskr.fetch(requestOf(request, cookie), sender.address)
      const body = await answer.text()
      const told = `${answer.status} for ${JSON.stringify({ ...request, body: String(request.body) })}`
      assert.ok(answer.status < 500, told)
      assert.doesNotMatch(body, inside, told)
      assert.ok(answer.headers.has('content-security-policy'), told)
      const location = answer.headers.get('location') ?? '/'
      const leadsTo = new URL(location, taskrOrigin).origin
      assert.ok(leadsTo === taskrOrigin || leadsTo === world.attio.origin, told)
    }
    await world.advanceUntil(world.taskr.idle())
    const failures = world.logger.lines.filter((line) =>
      /"event":"(web|background)\.failed"/.test(line),
    )
    assert.deepEqual(failures, [])
    assert.equal((await jo.get('/connections')).status, 200)
  })
})

function requestOf(
  { method, path, headers, body }: Malformed,
  cookie: readonly (readonly [string, string])[],
): Request {
  const sent = new Headers()
  for (const [name, value] of [...cookie, ...headers]) sent.append(name, value)
  return new Request(taskrOrigin + path, {
    method,
    headers: sent,
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  })
}
