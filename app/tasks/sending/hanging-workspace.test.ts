// Workspaces are served concurrently: one that does not answer delays no other.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { asTaskId } from '../../support/ids.ts'
import { connect, createWorld } from '../../../testing/in-process/testbed.ts'

suite('sending', () => {
  test("a workspace whose calls hang delays no other workspace's change, and gets two calls at most", async () => {
    const goOn = Promise.withResolvers<void>()
    const hanging = Promise.withResolvers<void>()
    const patched = { acme: 0, globex: 0 }
    const acmeTasks = new Set<string>()
    let claimed = 0
    await using world = await createWorld({
      reached: async (step) => {
        if (step === 'claimed') claimed += 1
      },
      fetch: (real) => async (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input)
        const method = input instanceof Request ? input.method : init?.method
        if (method !== 'PATCH') return await real(input, init)
        const workspace = acmeTasks.has(pathname.split('/').at(-1) ?? '') ? 'acme' : 'globex'
        patched[workspace] += 1
        if (workspace === 'acme') {
          hanging.resolve()
          await goOn.promise
        }
        return await real(input, init)
      },
    })
    const jo = await world.connected()
    await connect(world.attio, jo, { workspace: 'globex' })
    await world.taskr.idle()
    const { changes } = world.taskr.parts
    const owners = {
      acme: await world.ownerOf(jo, 'acme'),
      globex: await world.ownerOf(jo, 'globex'),
    }
    const tasks = world.attio.control.world.tasks.all()
    const of = (workspace: 'acme' | 'globex'): readonly string[] =>
      tasks
        .filter(
          ({ workspaceId, isCompleted }) =>
            workspaceId === standard.workspaces[workspace].id && !isCompleted,
        )
        .map(({ id }) => id)
    for (const id of of('acme')) acmeTasks.add(id)
    const complete = async (workspace: 'acme' | 'globex', at: number): Promise<void> => {
      const taskId = asTaskId(of(workspace)[at] ?? '')
      const key = `${workspace} ${at}`
      await changes.update({ ...owners[workspace], taskId }, { isCompleted: true }, key)
    }
    for (let at = 0; at < 5; at++) await complete('acme', at)
    await hanging.promise
    const polling = changes.sendDue()
    await world.clock.advance(100)
    assert.equal(claimed, 2)
    await complete('globex', 0)
    for (let turns = 0; turns < 20_000 && patched.globex === 0; turns++) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.equal(patched.globex, 1)
    assert.equal(patched.acme, 2)
    goOn.resolve()
    await world.advanceUntil(world.taskr.idle())
    await world.advanceUntil(polling)
    assert.equal(patched.acme, 5)
  })
})
