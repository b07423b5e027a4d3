// Records are found by name among however many the copy of a workspace has.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createWorld } from '../../../testing/in-process/testbed.ts'

const recordCount = 5_500

suite('records by name', () => {
  test('a record that was read long before five thousand others is suggested, and linked by quick add', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const jo = await world.connected()
    const owner = await world.ownerOf(jo)
    const { connectionId } = owner
    const { connections, mirror, tasks } = world.taskr.parts
    await mirror.rememberRecords(
      Array.from({ length: recordCount }, (_, at) => ({
        connectionId,
        targetObject: 'companies',
        recordId: `record-${at}`,
        objectSlug: 'companies',
        name: at === 0 ? 'Ünder the Bridge' : `Company ${at}`,
        webUrl: null,
        observedAt: at,
      })),
    )
    const suggested = await tasks.suggestRecords(owner, 'under br')
    assert.deepEqual(suggested, {
      kind: 'found',
      records: [{ targetObject: 'companies', recordId: 'record-0', name: 'Ünder the Bridge' }],
    })
    const latest = await tasks.suggestRecords(owner, ' ')
    assert.ok(latest.kind === 'found')
    assert.deepEqual(latest.records[0]?.recordId, `record-${recordCount - 1}`)
    const [connection] = await connections.list(owner.accountId)
    assert.ok(connection !== undefined)
    const line = await tasks.understand(connection, 'Call #under the bridge', {
      timeZone: 'UTC',
      kept: [],
    })
    assert.equal(line.content, 'Call')
    assert.deepEqual(
      line.records.map(({ value }) => value.recordId),
      ['record-0'],
    )
  })
})
