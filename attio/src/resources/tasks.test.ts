import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { data, taskId, wireTask } from '../../testing/answers.ts'
import { clientOn } from '../../testing/client.ts'
import type { TaskQuery } from './tasks.ts'

const person = { targetObject: 'people', targetRecordId: 'r-1' }

describe('listing tasks', () => {
  test("a task is read in this package's words", async () => {
    const wire = wireTask({
      is_completed: true,
      completed_at: '2026-05-15T21:50:00.905000000Z',
      deadline_at: '2025-12-31T23:59:59.000000000Z',
      linked_records: [{ target_object_id: 'people', target_record_id: 'r-1' }],
      assignees: [
        { referenced_actor_type: 'workspace-member', referenced_actor_id: 'm-1' },
        { referenced_actor_type: 'hologram', referenced_actor_id: 'h-1' },
      ],
    })
    const headers = { 'x-accurate-at': '2026-05-15T22:00:00.000000000Z' }
    const { client } = clientOn([Response.json({ data: [wire] }, { headers })])
    assert.deepEqual(await client.tasks.list(), {
      tasks: [
        {
          id: 'c8a3f6f1-0000-4000-8000-000000000001',
          workspaceId: '14beef7a-99f7-4534-a87e-70b564330a4c',
          content: 'Call Ada',
          deadlineAt: Date.UTC(2025, 11, 31, 23, 59, 59),
          deadlineDay: null,
          isCompleted: true,
          completedAt: Date.UTC(2026, 4, 15, 21, 50, 0, 905),
          linkedRecords: [person],
          assigneeIds: ['m-1'],
          assignees: [
            { type: 'workspace-member', id: 'm-1' },
            { type: 'hologram', id: 'h-1' },
          ],
          createdBy: { type: 'app', id: 'a0b1c2d3-0000-4000-8000-000000000002' },
          createdAt: Date.UTC(2026, 4, 15, 21, 49, 39, 263),
        },
      ],
      accurateAt: Date.UTC(2026, 4, 15, 22),
    })
  })

  test('a member that Attio leaves out or sets to null is null', async () => {
    const { completed_at: _, ...older } = wireTask({ created_by_actor: null })
    const { client } = clientOn([
      data([older]),
      data([wireTask({ created_by_actor: { id: null } })]),
    ])
    const first = await client.tasks.list()
    assert.equal(first.tasks[0]?.completedAt, null)
    assert.equal(first.tasks[0]?.createdBy, null)
    assert.ok(!('accurateAt' in first))
    assert.equal((await client.tasks.list()).tasks[0]?.createdBy, null)
  })

  test('a date-only deadline is midnight UTC', async () => {
    const { client } = clientOn([data([wireTask({ deadline_at: '2023-01-01' })])])
    const { tasks } = await client.tasks.list()
    assert.equal(tasks[0]?.deadlineAt, Date.UTC(2023, 0, 1))
    assert.equal(tasks[0]?.deadlineDay, '2023-01-01')
  })

  const queries: [query: TaskQuery, search: string][] = [
    [{}, ''],
    [{ limit: 10, offset: 20 }, '?limit=10&offset=20'],
    [{ sort: 'completed_at:desc' }, '?sort=completed_at%3Adesc'],
    [
      { linkedRecord: { object: 'people', recordId: 'r-1' } },
      '?linked_object=people&linked_record_id=r-1',
    ],
    [{ assignee: 'ada+x@example.com' }, '?assignee=ada%2Bx%40example.com'],
    [{ assignee: null }, '?assignee=null'],
    [{ isCompleted: false }, '?is_completed=false'],
    [{ isCompleted: true }, '?is_completed=true'],
  ]
  for (const [query, search] of queries) {
    test(`${JSON.stringify(query)} asks for "${search}"`, async () => {
      const { client, sent } = clientOn([data([])])
      await client.tasks.list(query)
      assert.equal(sent[0]?.url.pathname, '/v2/tasks')
      assert.equal(sent[0]?.url.search, search)
      assert.equal(sent[0]?.method, 'GET')
    })
  }

  test('a limit above 500 or an empty assignee is refused before a request is sent', async () => {
    const { client, sent } = clientOn([data([])])
    await assert.rejects(client.tasks.list({ limit: 501 }), RangeError)
    await assert.rejects(client.tasks.list({ offset: -1 }), RangeError)
    await assert.rejects(client.tasks.list({ assignee: '' }), TypeError)
    assert.equal(sent.length, 0)
  })

  test('H-59 all tasks are read 500 at a time with the same filter', async () => {
    const everyTask = Array.from({ length: 1_001 }, (_, index) => wireTask({}, `t-${index}`))
    const { client, sent } = clientOn([
      ({ url }) => {
        const offset = Number(url.searchParams.get('offset'))
        return data(everyTask.slice(offset, offset + Number(url.searchParams.get('limit'))))
      },
    ])
    const tasks = await Array.fromAsync(client.tasks.all({ isCompleted: false }))
    assert.equal(tasks.length, 1_001)
    assert.deepEqual(
      sent.map(({ url }) => url.search),
      [0, 500, 1_000].map((offset) => `?limit=500&offset=${offset}&is_completed=false`),
    )
    const pages = await Array.fromAsync(client.tasks.pages({}, { pageSize: 400, overlap: 100 }))
    assert.deepEqual(
      pages.map((page) => page.tasks.length),
      [400, 400, 400, 101],
    )
  })
})

describe('changing tasks', () => {
  test('a create always sends all six keys', async () => {
    const { client, sent } = clientOn([data(wireTask())])
    await client.tasks.create({ content: 'Call Ada' })
    assert.equal(sent[0]?.method, 'POST')
    assert.equal(sent[0]?.headers.get('content-type'), 'application/json')
    assert.deepEqual(sent[0]?.json(), {
      data: {
        content: 'Call Ada',
        format: 'plaintext',
        deadline_at: null,
        is_completed: false,
        linked_records: [],
        assignees: [],
      },
    })
  })

  test('a create writes deadline, links and assignees in Attio’s forms', async () => {
    const { client, sent } = clientOn([data(wireTask())])
    await client.tasks.create({
      content: 'Call Ada',
      deadlineAt: Date.UTC(2027, 0, 1, 15),
      linkedRecords: [
        person,
        {
          targetObject: 'companies',
          matchingAttribute: 'domains',
          value: { domain: 'example.com' },
        },
      ],
      assignees: ['m-1', 'jo@example.com'],
    })
    assert.deepEqual(sent[0]?.json(), {
      data: {
        content: 'Call Ada',
        format: 'plaintext',
        deadline_at: '2027-01-01T15:00:00.000000000Z',
        is_completed: false,
        linked_records: [
          { target_object: 'people', target_record_id: 'r-1' },
          { target_object: 'companies', domains: [{ domain: 'example.com' }] },
        ],
        assignees: [
          { referenced_actor_type: 'workspace-member', referenced_actor_id: 'm-1' },
          { workspace_member_email_address: 'jo@example.com' },
        ],
      },
    })
  })

  test('links may be e-mail addresses and domains', async () => {
    const { client, sent } = clientOn([data(wireTask())])
    const linkedRecords = ['ada@example.com', 'example.com']
    await client.tasks.update(taskId, { linkedRecords })
    assert.deepEqual(sent[0]?.json(), { data: { linked_records: linkedRecords } })
  })

  test('an update sends a PATCH with only the changed members', async () => {
    const { client, sent } = clientOn([data(wireTask())])
    await client.tasks.update(taskId, { deadlineAt: null, isCompleted: true, assignees: [] })
    assert.equal(sent[0]?.method, 'PATCH')
    assert.equal(sent[0]?.url.pathname, `/v2/tasks/${taskId}`)
    assert.deepEqual(sent[0]?.json(), {
      data: { deadline_at: null, is_completed: true, assignees: [] },
    })
  })

  test('an update never sends content, which Attio cannot change', async () => {
    const { client, sent } = clientOn([data(wireTask())])
    const change = { isCompleted: true, content: 'other' }
    await client.tasks.update(taskId, change)
    assert.deepEqual(sent[0]?.json(), { data: { is_completed: true } })
    await assert.rejects(client.tasks.update(taskId, {}), TypeError)
    assert.equal(sent.length, 1)
  })

  test('get, create and update return the time at which Attio read the task', async () => {
    const headers = { 'x-accurate-at': '2026-05-15T22:00:00.000000000Z' }
    const { client } = clientOn([Response.json({ data: wireTask() }, { headers })])
    const accurateAt = Date.UTC(2026, 4, 15, 22)
    assert.equal((await client.tasks.get(taskId)).accurateAt, accurateAt)
    assert.equal((await client.tasks.create({ content: 'x' })).accurateAt, accurateAt)
    assert.equal((await client.tasks.update(taskId, { isCompleted: true })).accurateAt, accurateAt)
  })

  test('a delete succeeds only on Attio’s own answer, not on a foreign 200 page', async () => {
    const { client, sent } = clientOn([Response.json({}), new Response('<html>Sign in to Wi-Fi')])
    assert.equal(await client.tasks.delete(taskId), undefined)
    assert.equal(sent[0]?.method, 'DELETE')
    await assert.rejects(client.tasks.delete(taskId), { name: 'AttioResponseError' })
  })
})
