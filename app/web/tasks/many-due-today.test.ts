import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { startChanging } from '../../../testing/in-process/task-changes.ts'
import { createWorld, type World } from '../../../testing/in-process/testbed.ts'
import type { Browser } from '../../../testing/in-process/http-browser.ts'

const perDay = 512

/** Adds more tasks due today and tomorrow than one list shows. */
async function withManyTasks(world: World): Promise<Browser> {
  const { ada, jo, owner } = await startChanging(world)
  const assigneeIds = [standard.members.adaAtAcme]
  for (let number = 1; number <= perDay; number += 1) {
    const deadlineAt = Date.UTC(2026, 10, 23, 10) + number * 1_000
    ada.addTask({ content: `Today ${number}.`, deadlineAt, assigneeIds })
    const nextDay = deadlineAt + 24 * 3_600_000
    ada.addTask({ content: `Tomorrow ${number}.`, deadlineAt: nextDay, assigneeIds })
  }
  await world.advanceUntil(world.taskr.parts.sync.syncNow(owner, 0))
  return jo
}

const shownIn = (body: string, day: string): ReadonlySet<string> =>
  new Set(Array.from(body.matchAll(new RegExp(`${day} \\d+\\.`, 'g')), ([text]) => text))

suite('a day with more tasks than a list shows', () => {
  let world: World
  let jo: Browser
  before(async () => {
    world = await createWorld({ attio: { seed: 'no-tasks' } })
    jo = await withManyTasks(world)
  })
  after(() => world.close())

  for (const [day, address] of [
    ['Today', '/?view=due-today'],
    ['Tomorrow', '/?view=tomorrow'],
  ] as const) {
    test(`Show all leads to pages with every task of ${day}`, async () => {
      const home = (await jo.get('/')).body
      assert.match(home, new RegExp(`href="${address.replace('?', '\\?')}"[^>]*>Show all 512`))
      const seen = new Set<string>()
      for (let page = 1; page <= 6; page += 1) {
        const { body } = await jo.get(`${address}&page=${page}`)
        const shown = shownIn(body, day)
        assert.equal(shown.size, page < 6 ? 100 : 12, `page ${page}`)
        for (const text of shown) seen.add(text)
        assert.match(body, />\s*512\s*</)
      }
      assert.equal(seen.size, perDay)
    })
  }

  test('the list of one day can be searched', async () => {
    assert.equal(shownIn((await jo.get('/?view=due-today&q=Today+51')).body, 'Today').size, 4)
  })

  test('the list of tomorrow belongs to Upcoming and adds tasks for tomorrow', async () => {
    const { body } = await jo.get('/?view=tomorrow')
    assert.match(body, /href="\/\?view=upcoming"\s+aria-current="page"/)
    assert.match(body, /name="date"[^>]*value="2026-11-24"/)
  })
})
