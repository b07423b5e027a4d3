// Attio tells Taskr of changes: the whole loop, from an edit in Attio to the list.
import assert from 'node:assert/strict'
import { afterEach, suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { connect, createWorld, type World, type WorldOptions } from './world.ts'

const worlds: World[] = []
const open = async (options?: WorldOptions): Promise<World> => {
  const world = await createWorld(options)
  worlds.push(world)
  return world
}
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

suite('webhooks', () => {
  test('a change in Attio is in the list without anybody asking', async () => {
    const world = await open()
    const jo = await world.connected()
    assert.equal(webhooksOf(world).length, 1)
    const walks = world.sent('/v2/tasks')
    const ada = world.attio.control.as({
      member: standard.people.ada.emailAddress,
      workspace: 'acme',
    })
    const task = ada.addTask({
      content: 'Ring the bell',
      assigneeIds: [standard.members.adaAtAcme],
    })
    await world.delivered()
    assert.match((await jo.get('/')).body, /Ring the bell/)
    ada.deleteTask(task.id)
    await world.delivered()
    assert.doesNotMatch((await jo.get('/')).body, /Ring the bell/)
    assert.equal(world.sent('/v2/tasks'), walks)
  })
})

function webhooksOf(world: World) {
  return world.attio.control.world.webhooks.all()
}
void connect
