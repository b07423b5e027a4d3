import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { exampleCall, exampleCalls } from '../api/examples/example-calls.ts'
import { operations, type OperationName } from '../api/operations/operations.ts'
import { createTestAttio, grantCode, noon, tokenForm, type TestAttio } from '../for-tests.ts'
import { createLocalAttio, type LocalAttioOptions } from '../local-attio.ts'
import { standard } from '../seed/standard.ts'
import { readWorldState } from '../seed/world-file.ts'
import { subscribableEventTypes } from '../webhooks/event-types.ts'
import type { WorldState } from './world.ts'

const ada = { member: standard.people.ada.emailAddress, workspace: 'acme' }

const operationNames = Object.keys(operations).filter((name): name is OperationName =>
  Object.hasOwn(operations, name),
)

/** One action on a local Attio: through the API, by a person, or by time passing. */
const deed = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      operation: fc.constantFrom(...operationNames),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('task' as const),
      which: fc.nat(30),
      change: fc.constantFrom(...(['complete', 'reopen', 'redate', 'delete'] as const)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      content: fc.string({ unit: 'grapheme', maxLength: 20 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(86_400_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...(['authorize', 'register', 'remove-app', 'subscribe', 'undone'] as const),
      ),
    }),
  },
)

type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never

async function perform(attio: TestAttio, deed: Deed): Promise<void> {
  const { control } = attio
  switch (deed.kind) {
    case 'call': {
      const { method, path, body } = exampleCall(attio, deed.operation)
      const { status } = await attio.call(method, path, body)
      assert.ok(status < 500, `${method} ${path}: ${status}`)
      return
    }
    case 'task': {
      const tasks = control.world.taskOrder(standard.workspaces.acme.id, 'created_at:asc')
      const id = tasks[deed.which]?.id
      if (id === undefined) return
      const person = control.as(ada)
      if (deed.change === 'complete') person.completeTask(id)
      else if (deed.change === 'reopen') person.reopenTask(id)
      else if (deed.change === 'redate') person.updateTask(id, { deadlineAt: control.clock.now() })
      else person.deleteTask(id)
      return
    }
    case 'add':
      control.as(ada).addTask({ content: deed.content, assigneeIds: [standard.members.adaAtAcme] })
      return
    case 'wait':
      return control.clock.advance(deed.ms)
    case 'authorize':
      await attio.post('/oauth/token', tokenForm(attio, grantCode(attio)))
      return
    case 'register':
      attio.registerApp({
        name: `App ${control.world.apps.size % 3}`,
        redirectUris: [],
        scopes: ['task:read'],
      })
      return
    case 'remove-app':
      control.removeApp(attio.clientId, 'globex')
      return
    case 'subscribe':
      control.webhooks.create({
        workspaceId: standard.workspaces.acme.id,
        targetUrl: `https://receiver.example/${control.world.webhooks.size}`,
        subscriptions: subscribableEventTypes.map((eventType) => ({ eventType, filter: null })),
      })
      return
    case 'undone':
      undo(attio)
  }
}

/** Runs a transaction that makes many edits and then fails, which must leave no trace. */
function undo({ control }: TestAttio): void {
  const before = control.save()
  assert.throws(() =>
    control.world.transact(() => {
      const person = control.as(ada)
      const tasks = control.world.taskOrder(standard.workspaces.acme.id, 'created_at:asc')
      for (const { id } of tasks.slice(0, 3)) {
        person.completeTask(id)
        person.updateTask(id, { deadlineAt: 1 })
        person.deleteTask(id)
      }
      person.deleteTask(person.addTask({ content: 'Never was' }).id)
      throw new Error('no')
    }),
  )
  assertSame(control.save(), before)
}

/** Makes half of the deliveries fail, so that some are retried. */
function halfDeaf(): NonNullable<LocalAttioOptions['deliver']> {
  let count = 0
  return async () => new Response(null, { status: (count += 1) % 2 === 0 ? 200 : 500 })
}

/** Returns all data that the API can read. */
async function everything(attio: TestAttio): Promise<unknown[]> {
  const reads = exampleCalls(attio).filter(([name]) => operations[name].access === 'read')
  const sorted = ['created_at:asc', 'created_at:desc'].map((sort) => `/v2/tasks?sort=${sort}`)
  return Promise.all([
    ...reads.map(async ([, { method, path, body }]) => (await attio.call(method, path, body)).body),
    ...sorted.map(async (path) => (await attio.call('GET', path)).body),
  ])
}

test('a saved world restores byte-equal and answers the same after any history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 40 }), async (deeds) => {
      const attio = createTestAttio({ deliver: halfDeaf() })
      for (const one of deeds) await perform(attio, one)
      exampleCalls(attio)
      await attio.control.webhooks.settle()
      const told = await everything(attio)
      const saved = attio.control.save()
      const now = attio.control.clock.now()
      attio.close()

      // A call recording completes with time, so the copy begins at the same instant.
      const copy = createTestAttio({ deliver: halfDeaf(), clock: { now: () => now } })
      copy.control.reset(readWorldState(JSON.stringify(saved)))
      assertSame(copy.control.save(), saved)
      const same = { ...copy, call: withToken(copy, attio.token) }
      assert.deepEqual(await everything(same), told)
      copy.close()
    }),
    { numRuns: 40 },
  )
})

/** Compares worlds byte for byte; names the first differing collection instead of printing both worlds. */
function assertSame(restored: WorldState, saved: WorldState): void {
  for (const [name, documents] of Object.entries(saved.collections)) {
    assert.deepEqual(restored.collections[name], documents, name)
  }
  assert.ok(JSON.stringify(restored) === JSON.stringify(saved), 'the bytes differ')
}

function withToken(attio: TestAttio, token: string): TestAttio['call'] {
  return (method, path, body) => attio.call(method, path, body, token)
}

test('the data file holds exactly the last world after any history', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'local-attio-'))
  let count = 0
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 30 }), async (deeds) => {
        const data = join(directory, `${(count += 1)}.db`)
        const attio = createTestAttio({ deliver: halfDeaf(), data })
        for (const one of deeds) await perform(attio, one)
        await attio.control.webhooks.settle()
        const saved = attio.control.save()
        attio.close()
        const again = createLocalAttio({ data, deliver: halfDeaf(), clock: { now: () => noon } })
        assertSame(again.control.save(), saved)
        again.close()
      }),
      { numRuns: 8 },
    )
  } finally {
    rmSync(directory, { recursive: true })
  }
})
