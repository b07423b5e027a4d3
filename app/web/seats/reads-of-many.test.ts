// How much Taskr reads of Attio while one person works, and while many colleagues of one workspace do.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { addMember, inAttio, startTeam } from '../../../testing/in-process/team.ts'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { listen } from '../../../testing/in-process/streams/page-stream.ts'

const quarterMs = 15 * 60_000
const stepMs = 5 * 60_000
const quarters = 5

suite('the reads of many people', () => {
  test('twelve colleagues of one workspace read Attio at most half as often again as one person', async () => {
    const [alone, together] = [await readsOfWork(0), await readsOfWork(12)]
    // Each quarter of an hour has an edit, which is read once.
    assert.ok(alone >= quarters, `${alone} reads for one`)
    assert.ok(together <= 1.5 * alone, `${together} reads for many, ${alone} for one`)
  })
})

/** Everyone has a page open and views the list each quarter of an hour, in which one task is edited in Attio. */
async function readsOfWork(colleagues: number): Promise<number> {
  await using team = await startTeam()
  const { ada, owner, world } = team
  const names = Array.from({ length: colleagues }, (_, at) => `Colleague${at}`)
  const members = names.map((name) => addMember(world, name))
  await world.taskr.parts.sync.readMembers(owner)
  const browsers: Browser[] = [ada]
  for (const [at, member] of members.entries()) {
    browsers.push((await team.join(`colleague${at}`, member, { sees: 'everyone' })).browser)
  }
  await world.delivered()
  world.taskr.startWorking()
  const streams = []
  for (const browser of browsers) streams.push(await listen(world, browser))
  const task = world.attio.control.world.tasks.all().find((one) => !one.isCompleted)
  assert.ok(task)
  const readsUntilNow = (): number => world.attio.control.journal.count({ method: 'GET' })
  const pass = async (ms: number): Promise<void> => {
    await world.clock.advance(ms)
    for (let turn = 0; turn < 20; turn += 1) await nextTurn()
  }
  const before = readsUntilNow()
  for (let quarter = 0; quarter < quarters; quarter += 1) {
    inAttio(world).updateTask(task.id, { deadlineAt: world.clock.now() + quarter * quarterMs })
    for (let passed = 0; passed < quarterMs; passed += stepMs) await pass(stepMs)
    for (const browser of browsers) {
      assert.equal((await browser.get('/')).status, 200)
      await pass(1_000)
    }
  }
  const reads = readsUntilNow() - before
  for (const stream of streams) await stream.close()
  return reads
}
