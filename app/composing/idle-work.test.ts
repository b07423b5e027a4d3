// A worker with nothing to do asks all queues in one statement, and starts what falls due by time.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countStatements } from '../../testing/in-process/counted-statements.ts'
import { createWorld, type World } from '../../testing/in-process/testbed.ts'

const minute = 60_000

suite('a worker', () => {
  test('with nothing due sends at most sixty statements a minute', async () => {
    const statements = countStatements()
    await using world = await createWorld({ betweenDatabase: statements.database })
    await world.connected()
    world.taskr.startWorking()
    await passTime(world, 20 * minute, minute)
    const sent = await statements.during(() => passTime(world, minute))
    assert.ok(sent > 20 && sent <= 60, `${sent} statements`)
  })

  test('tries a change again once it is due, without being told', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const owner = await world.ownerOf(jo)
    world.taskr.startWorking()
    const { changes } = world.taskr.parts
    const task = { content: 'Late', deadlineAt: null, assigneeIds: [], linkedRecords: [] }
    world.attio.control.faults.add({ method: 'POST', count: 1, answer: { status: 503 } })
    await changes.create(owner, task, 'a-key')
    const isThere = () =>
      world.attio.control.world.tasks.all().some(({ content }) => content === 'Late')
    // The first attempt fails; nothing but time makes the second one due.
    for (let second = 0; second < 20 && !isThere(); second += 1) await passTime(world, 1_000)
    assert.ok(isThere())
  })
})

/** Lets time pass in steps, and waits after each until the queries that it began have ended. */
async function passTime({ clock }: World, ms: number, stepMs = 1_000): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await clock.advance(stepMs)
    for (let turn = 0; turn < 50; turn += 1) await new Promise((done) => setImmediate(done))
  }
}
