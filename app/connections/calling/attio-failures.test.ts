// When Attio fails in any way, the process stays up, and the page arrives in time and says what happened.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultAnswer } from '@taskr/local-attio'
import type { Answer, Browser } from '../../../testing/in-process/http-browser.ts'
import { connectionIdsIn, connectionsIn, wordsOf } from '../../../testing/in-process/page-text.ts'
import { approve, connect, createWorld, type World } from '../../../testing/in-process/testbed.ts'
import { startStopwatch } from '../../../testing/stopwatch.ts'

const failures: Readonly<Record<string, FaultAnswer>> = {
  '401': { status: 401 },
  '403': { status: 403 },
  '404': { status: 404 },
  '409': { status: 409 },
  '418 with a secret in it': {
    status: 418,
    body: { error: 'canary-4711', message: 'canary-4711' },
  },
  '429 with a date': { status: 429, retryAfter: 'date' },
  '429 with nonsense': { status: 429, retryAfter: 'garbage' },
  '500 in HTML': { status: 500, body: '<h1>canary-4711</h1>' },
  '503': { status: 503 },
  'a redirect': { status: 302, headers: { location: 'https://evil.example/' } },
  'a reset before': { reset: 'before-commit' },
  'a reset after': { reset: 'after-commit' },
  'a body that breaks off': { truncate: 20 },
  '100 MB': { bodyBytes: 100 * 2 ** 20 },
  nothing: { status: 200, body: '' },
  'no JSON': { status: 200, body: 'canary-4711 {' },
  'HTML with 200': { status: 200, body: '<html>canary-4711</html>' },
  null: { shape: 'null' },
  'an empty object': { shape: 'empty-object' },
  'an array': { shape: 'array' },
  'a wrapped body': { shape: 'wrapped' },
  strings: { shape: 'strings' },
}

interface Route {
  readonly name: string
  /** The part of Attio that fails. */
  readonly path: string
  /** Runs while Attio is well; the function it returns runs while Attio fails. */
  readonly prepare: (world: World, jo: Browser) => Promise<() => Promise<Answer>>
  readonly statuses: readonly number[]
}

const routes: readonly Route[] = [
  {
    name: 'the callback, at the token',
    path: '/oauth/token',
    prepare: async ({ attio }, jo) => {
      const back = await approve(attio, jo, { workspace: 'globex' })
      return () => jo.get(back)
    },
    statuses: [400, 502, 503],
  },
  {
    name: 'the callback, at the identity',
    path: '/v2/self',
    prepare: async ({ attio }, jo) => {
      const back = await approve(attio, jo, { workspace: 'globex' })
      return () => jo.get(back)
    },
    statuses: [502, 503],
  },
  {
    name: 'the callback, at the member',
    path: '/v2/workspace_members/*',
    prepare: async ({ attio }, jo) => {
      const back = await approve(attio, jo, { workspace: 'globex' })
      return () => jo.get(back)
    },
    statuses: [303],
  },
  {
    name: 'the list',
    path: '/v2/*',
    prepare: async ({ clock }, jo) => {
      await clock.advance(16 * 60_000)
      return () => jo.get('/?view=open&whose=everyone')
    },
    statuses: [200],
  },
  {
    name: 'Sync now',
    path: '/v2/*',
    prepare: async (_world, jo) => () => jo.post('/tasks/refresh'),
    statuses: [303],
  },
  {
    name: 'disconnecting',
    path: '/oauth/revoke',
    prepare: async (_world, jo) => {
      const [id = ''] = await connectionIdsIn(jo)
      return () => jo.post(`/connections/${id}/disconnection`)
    },
    statuses: [303],
  },
]

suite('failures at Attio', { concurrency: true }, () => {
  for (const { name, path, prepare, statuses } of routes) {
    test(`H-11 H-54 H-57 H-58 H-47 ${name}: ${Object.keys(failures).length} failures cause no crash, and pages are unchanged`, async () => {
      await using world = await createWorld({ limits: 'none', attio: { seed: 'one-task' } })
      const jo = await world.connected()
      for (const [what, answer] of Object.entries(failures)) {
        // A token response consists of strings only.
        if (path === '/oauth/token' && what === 'strings') continue
        const act = await prepare(world, jo)
        const heal = world.attio.control.faults.add({ path, answer })
        const startedAt = world.clock.now()
        const answered = await world.advanceUntil(act())
        const told = `${what}: ${answered.status}`
        assert.ok(statuses.includes(answered.status), told)
        assert.ok(world.clock.now() - startedAt < 12_000, told)
        assert.doesNotMatch(answered.body, /canary-4711/, told)
        await world.advanceUntil(world.taskr.idle())
        for (const page of ['/?view=open&whose=everyone', '/connections', '/events', '/settings']) {
          const { status, body } = await jo.get(page)
          assert.equal(status, 200, `${told}, then ${page}`)
          assert.doesNotMatch(body, /canary-4711/, told)
        }
        heal()
        await makeWell(world, jo)
      }
      const failed = /"event":"(web|background)\.failed"/
      assert.deepEqual(
        world.logger.lines.filter((line) => failed.test(line)),
        [],
      )
    })
  }

  test('H-46 H-56 OA-18 RL-05 a person is answered within twelve seconds when any call to Attio hangs or is slow', async () => {
    await using world = await createWorld({ limits: 'none', attio: { seed: 'one-task' } })
    const paths = ['/oauth/token', '/v2/self', '/v2/workspace_members/*', '/oauth/revoke']
    const acts: (() => Promise<Answer>)[] = []
    for (const [at, path] of paths.entries()) {
      const jo = await world.connected(`jo-${at}`)
      const [id = ''] = await connectionIdsIn(jo)
      const back = path === '/oauth/revoke' ? undefined : await approve(world.attio, jo)
      acts.push(() =>
        back === undefined ? jo.post(`/connections/${id}/disconnection`) : jo.get(back),
      )
    }
    for (const path of paths) world.attio.control.faults.add({ path, answer: { hang: true } })
    const stopwatch = startStopwatch()
    const answers = await Promise.all(
      acts.map(async (act) => ({ ...(await act()), ms: stopwatch.elapsedMs() })),
    )
    assert.deepEqual(
      answers.map(({ status }) => status),
      [503, 503, 503, 303],
    )
    for (const { ms, body } of answers) {
      assert.ok(ms < 12_000, `${ms} ms`)
      assert.ok(body === '' || /Can’t reach Attio/.test(wordsOf(body)))
    }
    world.attio.control.faults.clear()
    world.taskr.startWorking()
    await world.clock.advance(15 * 60_000)
    for (let rounds = 0; livingTokens(world) > 3 && rounds < 50; rounds++) {
      await world.advanceUntil(sleep(100))
    }
    assert.equal(livingTokens(world), 3)
  })

  test('RL-05 the callback needs the token and the identity alone, and answers while every other call to Attio hangs', async () => {
    let isHanging = false
    await using world = await createWorld({
      fetch: (real) => async (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input)
        const isNeeded = ['/oauth/token', '/v2/self'].includes(pathname)
        if (isHanging && !isNeeded) {
          await sleep(60_000, undefined, init?.signal ? { signal: init.signal } : {})
        }
        return await real(input, init)
      },
    })
    const jo = await world.signedUp()
    const back = await approve(world.attio, jo)
    isHanging = true
    const stopwatch = startStopwatch()
    assert.equal((await jo.get(back)).status, 303)
    assert.ok(stopwatch.elapsedMs() < 12_000)
    isHanging = false
  })

  test('RL-18 each refusal by Attio is explained in words', async () => {
    const meanings: readonly (readonly [FaultAnswer, string, RegExp])[] = [
      [{ status: 401 }, '/v2/tasks', /Can’t reach Attio/],
      [{ status: 403 }, '/v2/tasks', /isn’t letting Taskr read it/],
      [{ status: 404 }, '/v2/tasks', /Can’t reach Attio/],
      [{ status: 409 }, '/v2/tasks', /Can’t reach Attio/],
      [{ status: 500 }, '/v2/tasks', /Can’t reach Attio/],
      [{ status: 200, body: '{}' }, '/v2/tasks', /couldn’t read/],
    ]
    for (const [answer, path, meaning] of meanings) {
      await using world = await createWorld({ attio: { seed: 'one-task' } })
      const jo = await world.connected()
      const heal = world.attio.control.faults.add({ path, answer })
      await world.clock.advance(16 * 60_000)
      await jo.post('/tasks/refresh')
      await world.advanceUntil(world.taskr.idle())
      const page = await jo.get('/?view=open&whose=everyone')
      assert.equal(page.status, 200)
      assert.match(wordsOf(page.body), meaning, JSON.stringify(answer))
      assert.match(page.body, /class="task"/, JSON.stringify(answer))
      heal()
    }
  })

  test('TK-15 RL-18 a token that Attio rejects is never used again', async () => {
    await using world = await createWorld({ attio: { seed: 'one-task' } })
    const jo = await world.connected()
    world.attio.control.removeApp(world.clientId, 'acme')
    await world.clock.advance(16 * 60_000)
    await jo.get('/')
    await world.advanceUntil(world.taskr.idle())
    const before = world.attio.control.journal.count()
    for (let round = 0; round < 20; round++) {
      await jo.post('/tasks/refresh')
      await jo.get('/')
    }
    world.taskr.startWorking()
    await world.clock.advance(25 * 3_600_000)
    await world.advanceUntil(new Promise((done) => setTimeout(done, 100)))
    assert.equal(world.attio.control.journal.count(), before)
    assert.match(wordsOf((await jo.get('/')).body), /Taskr lost access to/)
  })

  test('H-60 a hundred page views within a minute call Attio not at all, and a hundred at once afterwards cause one sync', async () => {
    await using world = await createWorld({ attio: { seed: 'one-task' } })
    const jo = await world.connected()
    const requests = (): number => world.attio.control.journal.count()
    const connecting = requests()
    await Promise.all(Array.from({ length: 100 }, () => jo.get('/')))
    await world.taskr.idle()
    assert.equal(requests(), connecting)
    await world.clock.advance(16 * 60_000)
    await Promise.all(Array.from({ length: 100 }, () => jo.get('/')))
    await world.taskr.idle()
    const sync = requests() - connecting
    assert.ok(sync >= 1 && sync <= 6, String(sync))
  })

  test('H-59 the first page shows this person’s earliest due tasks, not the oldest of the workspace', async () => {
    await using world = await createWorld({ attio: { seed: { tasks: 300 } } })
    const jo = await world.connected()
    const page = await jo.get('/?view=overdue&whose=everyone')
    const tasks = page.body.slice(page.body.indexOf('class="task"'))
    const dates = [...tasks.matchAll(/<time[^>]*\sdatetime="([^"]+)"/g)].map(
      ([, date = '']) => date,
    )
    assert.ok(dates.length > 5)
    assert.deepEqual(
      dates,
      dates.toSorted((a, b) => a.localeCompare(b)),
    )
  })
})

/** Leaves one connection, to Acme, with an up-to-date mirror. Reconnects when a sync does not suffice. */
async function makeWell(world: World, jo: Browser): Promise<void> {
  const ids = await connectionIdsIn(jo)
  if (ids.length === 1 && (await syncs(world, jo))) return
  for (const id of ids) {
    await jo.post(`/connections/${id}/disconnection`)
  }
  let connected = await world.advanceUntil(connect(world.attio, jo))
  if (connected.status === 503) {
    // After five failures in a row the circuit breaker lets a call through once a minute at the latest.
    await world.clock.advance(61_000)
    connected = await world.advanceUntil(connect(world.attio, jo))
  }
  assert.equal(connected.status, 303)
  await world.advanceUntil(world.taskr.idle())
  assert.equal(await connectionsIn(jo), 1)
}

/** True when "Sync now" reaches Attio and the page then shows no problem. It also resets the circuit breaker. */
async function syncs({ advanceUntil, attio, taskr }: World, jo: Browser): Promise<boolean> {
  const lists = (): number => attio.control.journal.count({ path: '/v2/tasks' })
  const before = lists()
  await jo.post('/tasks/refresh')
  await advanceUntil(taskr.idle())
  const { body } = await jo.get('/?view=open&whose=everyone')
  return lists() > before && /data-state="fresh"/.test(body)
}

function livingTokens(world: World): number {
  return world.attio.control.world.accessTokens.all().length
}
