import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, type TestAttio } from '../../for-tests.ts'
import { standard } from '../../seed/standard.ts'

const comment = z.object({
  data: z.object({ id: z.object({ comment_id: z.string() }), thread_id: z.string() }),
})
const threads = z.object({
  data: z.array(z.object({ comments: z.array(z.object({ content_plaintext: z.string() })) })),
})

const post = (attio: TestAttio, where: object) =>
  attio.call('POST', '/v2/comments', {
    data: {
      format: 'plaintext',
      content: 'Hello',
      author: { type: 'workspace-member', id: standard.members.benAtAcme },
      ...where,
    },
  })

function entryOf({ control: { world } }: TestAttio) {
  const list = world.listsOf(standard.workspaces.acme.id)[0]
  const entry = world.entriesOf(list?.id ?? '')[0]
  return { list: list?.slug, entry_id: entry?.id, recordId: entry?.parentRecordId }
}

test('a comment starts a thread on a record or an entry, or continues a thread', async () => {
  const attio = createTestAttio()
  const { list, entry_id, recordId } = entryOf(attio)
  const first = (await post(attio, { entry: { list, entry_id } })).as(comment).data
  const second = (await post(attio, { thread_id: first.thread_id })).as(comment).data
  assert.equal(second.thread_id, first.thread_id)
  const onEntry = await attio.call('GET', `/v2/threads?list=${list}&entry_id=${entry_id}`)
  assert.deepEqual(
    onEntry.as(threads).data.map((thread) => thread.comments.length),
    [2],
  )
  const onRecord = await attio.call('GET', `/v2/threads?object=companies&record_id=${recordId}`)
  const contents = onRecord.as(threads).data.flatMap((thread) => thread.comments)
  assert.equal(
    contents.some((each) => each.content_plaintext === 'Hello'),
    false,
  )
})

test('deleting the first comment of a thread deletes the thread', async () => {
  const attio = createTestAttio()
  const { list, entry_id } = entryOf(attio)
  const first = (await post(attio, { entry: { list, entry_id } })).as(comment).data
  await post(attio, { thread_id: first.thread_id })
  const events: string[] = []
  attio.control.world.onEvent((event) => events.push(event.event_type))
  await attio.call('DELETE', `/v2/comments/${first.id.comment_id}`)
  assert.equal((await attio.call('GET', `/v2/threads/${first.thread_id}`)).status, 404)
  assert.deepEqual(events, ['comment.deleted', 'comment.deleted'])
  assert.equal((await post(attio, { thread_id: first.thread_id })).status, 400)
})

test('threads are listed by a record or by an entry, but not by both', async () => {
  const attio = createTestAttio()
  const { list, entry_id, recordId } = entryOf(attio)
  for (const query of [
    '',
    '?object=companies',
    `?record_id=${recordId}`,
    `?object=companies&record_id=${recordId}&list=${list}&entry_id=${entry_id}`,
  ]) {
    assert.equal((await attio.call('GET', `/v2/threads${query}`)).status, 400, query)
  }
})

test('a note keeps its Markdown and its plain text', async () => {
  const attio = createTestAttio()
  const { recordId } = entryOf(attio)
  const data = {
    parent_object: 'companies',
    parent_record_id: recordId,
    title: 'Call',
    format: 'markdown',
    content: '# Yes\n\nShe said **yes** to [us](https://x.example).',
    created_at: '2026-01-02T03:04:05Z',
  }
  const note = (await attio.call('POST', '/v2/notes', { data })).as(
    z.object({ data: z.object({ content_plaintext: z.string(), created_at: z.string() }) }),
  ).data
  assert.equal(note.content_plaintext, 'Yes\n\nShe said yes to us.')
  assert.equal(note.created_at, '2026-01-02T03:04:05.000000000Z')
  const wrong = { ...data, parent_object: 'people' }
  assert.equal((await attio.call('POST', '/v2/notes', { data: wrong })).status, 404)
  const tooMany = await attio.call('GET', '/v2/notes?limit=51')
  assert.equal(tooMany.status, 400)
})

test('a thread has the id of its first comment', async () => {
  const attio = createTestAttio()
  const { list, entry_id } = entryOf(attio)
  const first = (await post(attio, { entry: { list, entry_id } })).as(comment).data
  assert.equal(first.thread_id, first.id.comment_id)
  const [seeded] = createTestAttio().control.world.comments.all()
  assert.equal(seeded?.threadId, seeded?.id)
})
