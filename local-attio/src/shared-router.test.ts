import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestAttio } from './for-tests.ts'
import { createSharedRouter } from './shared-router.ts'

test('each local Attio of a process answers with its own handlers', async () => {
  const attios = Array.from({ length: 3 }, () => createTestAttio({ seed: 'no-tasks' }))
  for (const [index, attio] of attios.entries()) {
    for (let count = 0; count <= index; count++) {
      const data = { content: 'One', format: 'plaintext', deadline_at: null, is_completed: false }
      const lists = { linked_records: [], assignees: [] }
      const answer = await attio.call('POST', '/v2/tasks', { data: { ...data, ...lists } })
      assert.equal(answer.status, 200)
    }
  }
  const counts = attios.map(({ control }) => control.world.tasks.size)
  assert.deepEqual(
    counts.map((count) => count - (counts[0] ?? 0)),
    [0, 1, 2],
  )
})

test('an app with other routes than those of the process is refused', async () => {
  await createTestAttio().call('GET', '/v2/self')
  const router = createSharedRouter()
  assert.throws(() => router.add('GET', '/v2/self', undefined), /Route 0 is/)
})
