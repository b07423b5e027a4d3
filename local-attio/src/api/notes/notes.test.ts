import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, type TestAttio } from '../../for-tests.ts'

const note = z.object({
  data: z.object({
    title: z.string(),
    content_plaintext: z.string(),
    content_markdown: z.string(),
    parent_record_id: z.string(),
  }),
})

function notePath({ control: { world } }: TestAttio): string {
  return `/v2/notes/${world.notes.all()[0]?.id}`
}

const patch = (attio: TestAttio, data: object) => attio.call('PATCH', notePath(attio), { data })

test('an update of a note changes the given title or content and keeps the rest', async () => {
  const attio = createTestAttio()
  const before = (await attio.call('GET', notePath(attio))).as(note).data
  const renamed = (await patch(attio, { title: 'Renamed' })).as(note).data
  assert.deepEqual(renamed, { ...before, title: 'Renamed' })
  const content = 'She said **no**.'
  const rewritten = (await patch(attio, { format: 'markdown', content })).as(note).data
  assert.deepEqual(rewritten, {
    ...renamed,
    content_plaintext: 'She said no.',
    content_markdown: content,
  })
  assert.equal((await patch(attio, {})).status, 400)
})

test('an update never changes the parent of a note', async () => {
  const attio = createTestAttio()
  const before = (await attio.call('GET', notePath(attio))).as(note).data
  const after = (await patch(attio, { title: 'x', parent_record_id: 'y' })).as(note).data
  assert.equal(after.parent_record_id, before.parent_record_id)
})

test('a new title and new content each fire their own event', async () => {
  const attio = createTestAttio()
  const types: string[] = []
  attio.control.world.onEvent((event) => types.push(event.event_type))
  await patch(attio, { title: 'x' })
  await patch(attio, { content: 'y' })
  assert.deepEqual(types, ['note.updated', 'note-content.updated'])
})
