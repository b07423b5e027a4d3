// Days and times are the person's: a date without a time is that day everywhere, and a chosen midnight is a time.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { wordsOf } from '../../../testing/in-process/page-text.ts'
import { createWorld, type World } from '../../../testing/in-process/testbed.ts'

/** The testbed's clock starts on Monday 23 November 2026 at 09:41 UTC. */
const today = '2026-11-23'
const marked = '2026-11-23T01:02:03.000000000Z'

suite('days and times', () => {
  test('a date without a time from Attio is that day everywhere', async () => {
    await using world = await worldWithDays()
    const jo = await world.connected()
    for (const [timeZone, todays] of [
      ['America/New_York', '2026-11-23'],
      ['Europe/Berlin', '2026-11-23'],
      ['Pacific/Niue', '2026-11-22'],
      ['Pacific/Kiritimati', '2026-11-23'],
    ] as const) {
      await jo.post('/settings/time-zone', { timeZone })
      const isToday = todays === today
      const view = isToday ? 'today' : 'upcoming'
      // Today lists tomorrow's tasks, too.
      const others = isToday ? ['today'] : []
      for (const each of ['overdue', 'upcoming', 'no-date', ...others]) {
        const words = wordsOf((await jo.get(`/?view=${each}`)).body)
        assert.equal(words.includes('Pay the rent'), each === view, `${timeZone} ${each}`)
      }
      const page = (await jo.get(await pageOf(jo, 'Pay the rent', `/?view=${view}`))).body
      assert.match(page, /<h1[^>]*><span[^>]*>Pay the rent/)
      assert.match(wordsOf(page), isToday ? /Due date: today/ : /Due date: tomorrow/, timeZone)
      assert.match(page, new RegExp(`id="deadline-date"[^>]*value="${today}"`))
      assert.match(page, /id="deadline-time"[^>]*value=""/)
      const csv = (await jo.post('/settings/export/tasks.csv')).body
      assert.match(csv, /"Pay the rent","2026-11-23"/, timeZone)
      const json = (await jo.post('/settings/export/everything.json')).body
      assert.match(json, /"content": "Pay the rent",\s+"deadlineAt": "2026-11-23"/, timeZone)
    }
  })

  test('undoing the new date of a task gives a day without a time back as Attio gave it', async () => {
    await using world = await worldWithDays()
    const jo = await world.connected()
    const owner = await world.ownerOf(jo)
    const { mirror, changes } = world.taskr.parts
    const address = await pageOf(jo, 'Pay the rent', '/?view=today')
    const page = (await jo.get(address)).body
    await jo.post(`${address.split('?')[0] ?? ''}/deadline`, {
      ...keyOf(page),
      returnTo: '/',
      date: '2026-12-24',
      time: '',
    })
    await world.advanceUntil(world.taskr.idle())
    const toast = (await jo.get('/')).body
    const changeId = /\/changes\/([^/"]+)\/undoing/.exec(toast)?.[1] ?? assert.fail(toast)
    await jo.post(`/changes/${changeId}/undoing`, { returnTo: '/' })
    const [task] = await mirror.listTasks([{ ...owner, sees: 'everyone', memberId: undefined }], {
      isCompleted: false,
      whose: { kind: 'everyone' },
      limit: 10,
      offset: 0,
    })
    assert.equal(task?.deadlineAt, today)
    await world.advanceUntil(world.taskr.idle())
    assert.equal((await changes.listOpen(owner.accountId)).failed.length, 0)
    const sent = world.attio.control.journal.entries({ method: 'PATCH' })
    assert.match(sent.at(-1)?.body ?? '', /"deadline_at":"2026-11-23"/)
  })

  test('a chosen midnight is a time, and a date alone is a day', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const jo = await world.connected()
    const add = async (content: string) => {
      const { body } = await jo.get('/')
      await jo.post('/tasks', {
        ...keyOf(body),
        returnTo: '/',
        content,
        isMine: 'yes',
        ...on(body),
      })
    }
    await add('Send the gift 24 dec at 0:00')
    await add('Wrap the gift 24 dec')
    await world.advanceUntil(world.taskr.idle())
    const words = wordsOf((await jo.get('/?view=upcoming')).body)
    assert.match(words, /Thursday 24 December .*Wrap the gift/)
    const page = (await jo.get(await pageOf(jo, 'Send the gift', '/?view=upcoming'))).body
    assert.match(page, /id="deadline-time"[^>]*value="00:00"/)
    const csv = (await jo.post('/settings/export/tasks.csv')).body
    assert.match(csv, /"Send the gift","2026-12-23T23:00:00Z"/)
    assert.match(csv, /"Wrap the gift","2026-12-24"/)
  })

  test('either of two times that read alike can be chosen, and stays when the form is sent again', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const second = Date.parse('2027-10-31T01:30:00Z')
    world.attio.control
      .as({ member: standard.people.ada.emailAddress, workspace: 'acme' })
      .addTask({
        content: 'Start the furnace',
        deadlineAt: second,
        assigneeIds: [standard.members.adaAtAcme],
      })
    const jo = await world.connected()
    const open = '/?view=open'
    const card = async () => (await jo.get(await pageOf(jo, 'Start the furnace', open))).body
    const choose = async (fields: Readonly<Record<string, string>>) => {
      const address = (await pageOf(jo, 'Start the furnace', open)).split('?')[0] ?? ''
      await jo.post(`${address}/deadline`, { ...keyOf(await card()), returnTo: open, ...fields })
      await world.advanceUntil(world.taskr.idle())
      return world.attio.control.world.tasks.find(({ content }) => content === 'Start the furnace')
        ?.deadlineAt
    }
    assert.match(wordsOf(await card()), /31 Oct 2027 02:30 \(second of two\)/)
    const asShown = { date: '2027-10-31', time: '02:30' }
    assert.equal(await choose(asShown), second)
    assert.match(await card(), /name="which" value="first"/)
    assert.equal(await choose({ which: 'first' }), second - 3_600_000)
    assert.equal(await choose(asShown), second - 3_600_000)
    assert.match(wordsOf(await card()), /31 Oct 2027 02:30 \(first of two\)/)
    assert.equal(await choose({ which: 'second' }), second)
    assert.equal(await choose({ words: '2027-10-31 03:30' }), second + 3_600_000)
    assert.equal(await choose(asShown), second - 3_600_000)
    assert.doesNotMatch(await card(), /name="which" value="first"/)
  })

  test('the CSV file says that it is UTF-8, and no cell runs as a formula', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const inAttio = world.attio.control.as({
      member: standard.people.ada.emailAddress,
      workspace: 'acme',
    })
    const formulas = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\n=1',
      '\t=1',
      ' \u{a0}=1',
      '＝1+1',
      '＋1',
      '－1',
      '＠SUM(A1)',
      '\u{200b}=1',
      '\u{202e}=1',
      '\u{2028}-1',
      '−1',
    ]
    for (const content of formulas) inAttio.addTask({ content: `${content} formula` })
    inAttio.addTask({ content: 'Tea = milk + sugar' })
    const jo = await world.connected()
    const { body, bytes } = await downloaded(world, jo)
    assert.deepEqual([bytes[0], bytes[1], bytes[2]], [0xef, 0xbb, 0xbf])
    for (const content of formulas) assert.ok(body.includes(`"'${content} formula"`), content)
    assert.ok(body.includes('"Tea = milk + sugar"'))
  })
})

/** A world whose Attio gives one task a date without a time. */
async function worldWithDays(): Promise<World> {
  const world = await createWorld({
    attio: { seed: 'no-tasks' },
    fetch: (real) => async (input, init) => {
      const answer = await real(input, init)
      const text = await answer.clone().text()
      return text.includes(marked) ? new Response(text.replaceAll(marked, today), answer) : answer
    },
  })
  world.attio.control.as({ member: standard.people.ada.emailAddress, workspace: 'acme' }).addTask({
    content: 'Pay the rent',
    deadlineAt: Date.parse(marked),
    assigneeIds: [standard.members.adaAtAcme],
  })
  return world
}

async function pageOf(browser: Browser, text: string, list: string): Promise<string> {
  const { body } = await browser.get(list)
  const link = new RegExp(`href="(/tasks/[^"]+)"[^>]*>${text}`).exec(body)?.[1]
  return link?.replaceAll('&amp;', '&') ?? assert.fail(`no ${text} on ${list}`)
}

function keyOf(page: string): { readonly requestKey: string } {
  const requestKey = /name="requestKey" value="([^"]+)"/.exec(page)?.[1]
  return { requestKey: requestKey ?? assert.fail(page) }
}

function on(page: string): { readonly connectionId: string } {
  const connectionId = /name="connectionId" value="([^"]+)"/.exec(page)?.[1]
  return { connectionId: connectionId ?? assert.fail(page) }
}

/** Reads the bytes: `text()` would leave the byte order mark out. */
async function downloaded({ taskr }: World, browser: Browser) {
  const answer = await taskr.fetch(
    new Request('http://localhost:3050/settings/export/tasks.csv', {
      method: 'POST',
      headers: {
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
    }),
  )
  const bytes = Buffer.from(await answer.arrayBuffer())
  return { body: bytes.toString('utf8'), bytes }
}
