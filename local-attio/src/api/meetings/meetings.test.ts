import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, type Answer, type TestAttio } from '../../for-tests.ts'
import { standard } from '../../seed/standard.ts'
import { memberAt } from '../examples/body-members.ts'

const meeting = z.object({
  id: z.object({ meeting_id: z.string() }),
  title: z.string(),
  start: z.union([z.looseObject({ datetime: z.string() }), z.object({ date: z.string() })]),
})
const one = z.object({ data: meeting })
const many = z.object({
  data: z.array(meeting),
  pagination: z.object({ next_cursor: z.string().nullable() }),
})

const sketch = {
  title: 'Review',
  description: '',
  start: { datetime: '2026-07-01T09:00:00', timezone: 'America/New_York' },
  end: { datetime: '2026-07-01T10:00:00', timezone: 'America/New_York' },
  is_all_day: false,
  participants: [],
  external_ref: 'review-1',
}

const create = (attio: TestAttio, changes: object = {}) =>
  attio.call('POST', '/v2/meetings', { data: { ...sketch, ...changes } })

const titles = (answer: Answer) => answer.as(many).data.map(({ title }) => title)

test('a meeting is created once for each external reference', async () => {
  const attio = createTestAttio()
  const first = (await create(attio)).as(one).data
  const again = (await create(attio, { title: 'Another title' })).as(one).data
  assert.deepEqual(again, first)
  const external_ref = { ical_uid: 'review-1', provider: 'google', is_recurring: true }
  const exception = { ...external_ref, original_start_time: '2026-07-08T09:00:00Z' }
  const others = [
    await create(attio, { external_ref }),
    await create(attio, { external_ref: exception }),
  ]
  const ids = [first, ...others.map((answer) => answer.as(one).data)].map(
    (each) => each.id.meeting_id,
  )
  assert.equal(new Set(ids).size, 3)
})

test('a meeting may end when it starts, and not before', async () => {
  const nine = { datetime: '2026-07-01T09:00:00.000000001Z', timezone: null }
  const before = { datetime: '2026-07-01T09:00:00Z', timezone: null }
  const day = { date: '2026-07-02' }
  for (const [start, end, status] of [
    [nine, nine, 200],
    [nine, before, 400],
    [day, day, 200],
    [day, { date: '2026-07-01' }, 400],
  ] as const) {
    const answer = await create(createTestAttio(), { start, end, is_all_day: 'date' in start })
    assert.equal(answer.status, status, JSON.stringify([start, end]))
  }
})

test('a time whose zone leads out of the years of four digits is refused', async () => {
  const end = { datetime: '9999-12-31T23:00:00', timezone: 'America/New_York' }
  assert.equal((await create(createTestAttio(), { end })).status, 400)
  assert.equal((await create(createTestAttio(), { end: { ...end, timezone: null } })).status, 200)
})

test('a time without an offset is read in its time zone, and an invalid zone is UTC', async () => {
  const startOf = async (datetime: string, timezone: string | null) => {
    const answer = await create(createTestAttio(), { start: { datetime, timezone } })
    return answer.as(one).data.start
  }
  for (const [datetime, timezone, expected] of [
    ['2026-07-01T09:00:00', 'America/New_York', '2026-07-01T13:00:00.000000000Z'],
    ['2026-03-29T03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000000000Z'],
    ['2026-07-01T09:00:00Z', 'America/New_York', '2026-07-01T09:00:00.000000000Z'],
    ['2026-07-01T09:00:00', 'Mars/Olympus', '2026-07-01T09:00:00.000000000Z'],
  ] as const) {
    assert.deepEqual(await startOf(datetime, timezone), { datetime: expected, timezone })
  }
})

test('an all-day meeting has dates and any other meeting has datetimes', async () => {
  const attio = createTestAttio()
  const dates = { start: { date: '2026-07-01' }, end: { date: '2026-07-02' } }
  assert.equal((await create(attio, { ...dates, is_all_day: true })).status, 200)
  assert.equal((await create(attio, dates)).status, 400)
  assert.equal((await create(attio, { is_all_day: true })).status, 400)
  assert.equal((await create(attio, { ...dates, start: { date: '2026-02-30' } })).status, 400)
})

suite('the list of meetings', () => {
  const list = async (query = '') => createTestAttio().call('GET', `/v2/meetings?${query}`)

  test('meetings are ordered by start, ascending or descending', async () => {
    const ascending = titles(await list())
    assert.deepEqual(ascending, ['Compiler line with Initech', 'Site visit'])
    assert.deepEqual(titles(await list('sort=start_desc')), ascending.toReversed())
  })

  test('meetings are filtered by participant, linked record and time', async () => {
    const grace = createTestAttio().control.world.records.find((record) =>
      JSON.stringify(record.values).includes('grace@initech.example'),
    )
    const all = ['Compiler line with Initech', 'Site visit']
    for (const [query, expected] of [
      ['participants=nobody@x.example,GRACE@initech.example', all.slice(0, 1)],
      [`linked_object=people&linked_record_id=${grace?.id}`, all],
      ['starts_before=2026-05-11T12:00:00Z', []],
      ['ends_from=2026-05-11T13:00:00Z', all],
      ['ends_from=2026-05-11T13:00:00.001Z', all.slice(1)],
    ] as const) {
      assert.deepEqual(titles(await list(query)), expected, query)
    }
    assert.equal((await list('linked_object=people')).status, 400)
  })

  test('a cursor leads from page to page', async () => {
    const attio = createTestAttio()
    const first = (await attio.call('GET', '/v2/meetings?limit=1')).as(many)
    const cursor = first.pagination.next_cursor ?? ''
    const second = (await attio.call('GET', `/v2/meetings?limit=1&cursor=${cursor}`)).as(many)
    assert.equal(second.data.length, 1)
    assert.notDeepEqual(second.data, first.data)
    assert.equal(second.pagination.next_cursor, null)
    assert.equal((await attio.call('GET', '/v2/meetings?cursor=nonsense')).status, 400)
  })
})

test('a call recording is processed, completes after a minute, and can be deleted', async () => {
  const attio = createTestAttio()
  const [meetingId] = attio.control.world.meetings.all().map(({ id }) => id)
  const recordings = `/v2/meetings/${meetingId}/call_recordings`
  const body = { data: { video_url: 'https://videos.example/1.mp4' } }
  const recording = z.object({
    data: z.object({ status: z.string(), id: z.object({ call_recording_id: z.string() }) }),
  })
  const created = (await attio.call('POST', recordings, body)).as(recording).data
  assert.equal(created.status, 'processing')
  await attio.control.clock.advance(60_000)
  const path = `${recordings}/${created.id.call_recording_id}`
  assert.equal((await attio.call('GET', path)).as(recording).data.status, 'completed')
  const deleted = await attio.call('DELETE', path)
  assert.deepEqual([deleted.status, deleted.body], [204, ''])
  assert.equal((await attio.call('GET', path)).status, 404)
})

test('call recordings are limited to one creation a second', async () => {
  const attio = createTestAttio({ rateLimits: {} })
  const [meetingId] = attio.control.world.meetings.all().map(({ id }) => id)
  const create = async () =>
    attio.call('POST', `/v2/meetings/${meetingId}/call_recordings`, {
      data: { video_url: 'https://videos.example/1.mp4' },
    })
  assert.equal((await create()).status, 200)
  assert.equal((await create()).status, 429)
})

test('a transcript names the speaker and the time of each segment', async () => {
  const attio = createTestAttio()
  const [recording] = attio.control.world.callRecordings.all()
  const path = `/v2/meetings/${recording?.meetingId}/call_recordings/${recording?.id}/transcript`
  const answer = (await attio.call('GET', path)).as(
    z.object({ data: z.object({ raw_transcript: z.string(), transcript: z.array(z.unknown()) }) }),
  )
  assert.deepEqual(answer.data.transcript[0], {
    speech: 'Shall we begin?',
    start_time: 0,
    end_time: 2.5,
    speaker: { name: 'Ada Byron' },
  })
  assert.match(answer.data.raw_transcript, /^Ada Byron: Shall we begin\?\nGrace Hopper: /)
})

test('a call recording is created with its transcript, with or without a video', async () => {
  const attio = createTestAttio()
  const [meetingId] = attio.control.world.meetings.all().map(({ id }) => id)
  const recordings = `/v2/meetings/${meetingId}/call_recordings`
  const created = z.object({
    data: z.object({ status: z.string(), id: z.object({ call_recording_id: z.string() }) }),
  })
  const transcript = [
    { speech: 'Hello.', start_time: 0.5, end_time: 1, speaker: { name: 'Ada Byron' } },
  ]
  const video_url = 'https://videos.example/1.mp4'
  for (const [data, status] of [
    [{ transcript }, 'completed'],
    [{ transcript, video_url }, 'processing'],
  ] as const) {
    const recording = (await attio.call('POST', recordings, { data })).as(created).data
    assert.equal(recording.status, status)
    const path = `${recordings}/${recording.id.call_recording_id}/transcript`
    const answer = await attio.call('GET', path)
    assert.deepEqual(memberAt(answer.body, ['data', 'transcript']), transcript)
  }
  for (const data of [
    {},
    { video_url: 'http://videos.example/1.mp4' },
    { transcript: [{ speech: 'Hello.', start_time: 0.5, end_time: 1 }] },
    { transcript: [{ ...transcript[0], start_time: -1 }] },
  ]) {
    assert.equal((await attio.call('POST', recordings, { data })).status, 400)
  }
})

test('meetings and recordings of another workspace are not found', async () => {
  const attio = createTestAttio()
  const { clientId } = attio
  const memberEmail = standard.people.edith.emailAddress
  const foreign = attio.issueAccessToken({ clientId, memberEmail, workspace: 'globex' })
  const [recording] = attio.control.world.callRecordings.all()
  const path = `/v2/meetings/${recording?.meetingId}`
  for (const address of [path, `${path}/call_recordings`]) {
    assert.equal((await attio.call('GET', address, undefined, foreign)).status, 404)
  }
})
