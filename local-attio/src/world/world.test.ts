import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createTestAttio, noon } from '../for-tests.ts'
import { createLocalAttio } from '../local-attio.ts'
import { standard } from '../seed/standard.ts'
import { readWorldState } from '../seed/world-file.ts'
import { DataFileError } from './data-file.ts'

const ada = { member: standard.people.ada.emailAddress, workspace: 'acme' }
const clock = { now: () => noon }

test('a saved world restores byte-equal', async () => {
  const attio = createTestAttio()
  const task = attio.control.as(ada).addTask({ content: 'Remember me' })
  await attio.call('DELETE', `/v2/tasks/${attio.control.world.tasks.all()[3]?.id}`)
  attio.control.as(ada).completeTask(task.id)
  const saved = JSON.stringify(attio.control.save())
  const copy = createLocalAttio({ seed: readWorldState(saved) })
  assert.equal(JSON.stringify(copy.control.save()), saved)
})

test('reset goes back to the seed, byte-equal, and events still flow', () => {
  const attio = createLocalAttio({ clock })
  const before = JSON.stringify(attio.control.save())
  attio.control.as(ada).addTask({ content: 'Soon forgotten' })
  attio.registerApp({ name: 'Soon forgotten', redirectUris: [], scopes: [] })
  attio.control.reset()
  assert.equal(JSON.stringify(attio.control.save()), before)
  const events: string[] = []
  attio.control.world.onEvent((event) => events.push(event.event_type))
  attio.control.as(ada).addTask({ content: 'After' })
  assert.deepEqual(events, ['task.created'])
})

test('a transaction that throws leaves documents and their order unchanged', () => {
  const attio = createLocalAttio({ clock })
  const { world } = attio.control
  const before = JSON.stringify(world.save())
  assert.throws(() =>
    world.transact(() => {
      for (const task of world.tasks.all().slice(0, 3)) world.tasks.remove(task.id)
      attio.control.as(ada).addTask({ content: 'Never was' })
      throw new Error('no')
    }),
  )
  assert.equal(JSON.stringify(world.save()), before)
  assert.throws(() => world.tasks.remove(world.tasks.all()[0]?.id ?? ''), /outside/)
})

test('the world survives a restart in its data file, which two processes cannot share', () => {
  const directory = mkdtempSync(join(tmpdir(), 'local-attio-'))
  const data = join(directory, 'attio.db')
  try {
    const first = createLocalAttio({ data, clock })
    const credentials = first.registerApp({ name: 'Kept', redirectUris: [], scopes: [] })
    first.control.as(ada).addTask({ content: 'Kept' })
    first.control.world.transact(() =>
      first.control.world.tasks.remove(first.control.world.tasks.all()[0]?.id ?? ''),
    )
    const saved = JSON.stringify(first.control.save())
    assert.throws(() => createLocalAttio({ data }), DataFileError)
    first.close()
    const second = createLocalAttio({ data, clock: { now: () => noon + 1e9 } })
    assert.equal(JSON.stringify(second.control.save()), saved)
    assert.deepEqual(
      second.registerApp({ name: 'Kept', redirectUris: [], scopes: [] }),
      credentials,
    )
    second.control.reset()
    const fresh = createLocalAttio({ clock })
    assert.equal(JSON.stringify(second.control.save()), JSON.stringify(fresh.control.save()))
    second.close()
  } finally {
    rmSync(directory, { recursive: true })
  }
})

test('each seed has the number of tasks in its name', () => {
  const count = (seed: Parameters<typeof createLocalAttio>[0]) =>
    createLocalAttio(seed).control.world.taskOrder(standard.workspaces.acme.id, 'created_at:asc')
      .length
  assert.equal(count({ seed: 'no-tasks' }), 0)
  assert.equal(count({ seed: 'one-task' }), 1)
  assert.equal(count({ seed: '500-tasks' }), 500)
  assert.equal(count({ seed: { tasks: 10_000 } }), 10_000)
})
