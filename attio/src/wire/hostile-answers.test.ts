// Answers that are small enough to read, and would take seconds to check in full.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { refusal, wireMember, wireRecord, wireTask, wireValue } from '../../testing/answers.ts'
import { clientOn } from '../../testing/client.ts'
import { AttioApiError } from '../errors.ts'
import { readWebhookDelivery } from '../webhooks/delivery.ts'
import { oneTurn } from '../http/turns.ts'
import { listOf } from './envelope.ts'
import { parseShortJson } from '../http/json.ts'
import { shortArray } from './short-array.ts'

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
const numbers = (count: number) => `[${'1,'.repeat(count - 1)}1]`
const answer = (text: string) => new Response(text)

/** Returns a schema, and how often it was asked. */
function countedSchema(isGood: (item: unknown) => boolean) {
  const asked: unknown[] = []
  const schema = z.custom<number>((item) => {
    asked.push(item)
    return isGood(item)
  })
  return { schema, asked }
}

describe('RL-19 an answer that would take long to check', () => {
  test('RL-19 nesting of 100 levels is read, and any deeper is refused before it is parsed', async () => {
    const value: unknown = JSON.parse(nested(100))
    assert.deepEqual(parseShortJson(nested(100)), { kind: 'value', value })
    for (const levels of [101, 2_000_000]) {
      const { client } = clientOn([answer(`{"data":${nested(levels)}}`)])
      const expectation = 'expected JSON of at most 100 levels'
      await assert.rejects(client.tasks.list(), { kind: 'response', path: '', expectation })
    }
  })

  test('RL-19 more than half a million values are refused before they are parsed', async () => {
    assert.equal(parseShortJson(numbers(500_000)).kind, 'value')
    const { client } = clientOn([answer(`{"data":${numbers(500_001)}}`)])
    const expectation = 'expected JSON of at most 500000 values'
    await assert.rejects(client.tasks.list(), { kind: 'response', path: '', expectation })
    const delivery = readWebhookDelivery(`{"webhook_id":"w","events":${numbers(600_000)}}`)
    assert.deepEqual(delivery, { kind: 'unreadable', path: '', expectation })
  })

  test('RL-19 brackets and commas inside a text count for nothing', async () => {
    const value = `\\"${'[{,'.repeat(300_000)}"\\`
    const record = wireRecord({ description: [wireValue('text', { value })] })
    const { client } = clientOn([Response.json({ data: [record] })])
    const [read] = await client.records.query('companies')
    const [first] = read?.values['description'] ?? []
    assert.ok(first?.attributeType === 'text' && first.value === value)
  })

  test('RL-19 a page of 500 records with sixty attributes each is read', async () => {
    const value = wireValue('text', { value: 'A text, with a comma' })
    const values = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`a${at}`, [value]]))
    const record = JSON.stringify(wireRecord(values))
    const text = `{"data":[${Array(500).fill(record).join()}]}`
    const { client } = clientOn([answer(text)], { maxBodyBytes: 10_000_000 })
    assert.equal((await client.records.query('people')).length, 500)
  })

  test('RL-19 a list is checked up to its first unreadable item', async () => {
    const { schema, asked } = countedSchema((item) => item !== 'bad')
    const list = { data: ['good', 'bad', 'bad', 'good'] }
    assert.ok(!(await listOf(schema)(oneTurn).safeParseAsync(list)).success)
    assert.deepEqual(asked, ['good', 'bad'])
  })

  test('RL-19 with onUnreadable, a list is given up after 1,001 unreadable items', async () => {
    const left: number[] = []
    const options = { onUnreadable: ({ index }: { index: number }) => left.push(index) }
    const list = (count: number) => ({ data: ['good', ...Array<string>(count).fill('bad')] })
    const { schema, asked } = countedSchema((item) => item === 'good')
    assert.ok((await listOf(schema, options)(oneTurn).safeParseAsync(list(1_000))).success)
    assert.equal(left.length, 1_000)
    asked.length = 0
    const { error } = await listOf(schema, options)(oneTurn).safeParseAsync(list(5_000))
    assert.deepEqual(error?.issues[0]?.path, ['data', 1])
    assert.equal(asked.length, 1_002)
    assert.equal(left.length, 1_000, 'nothing more is reported')
  })

  test('RL-19 the number of items in a list of a resource is checked before the items', async () => {
    const { schema, asked } = countedSchema(() => true)
    assert.ok(shortArray(schema).safeParse(Array(1_000).fill(1)).success)
    asked.length = 0
    assert.ok(!shortArray(schema).safeParse(Array(1_001).fill(1)).success)
    assert.deepEqual(asked, [])
    const task = JSON.stringify(wireTask()).replace(
      '"assignees":[]',
      `"assignees":${numbers(2_000)}`,
    )
    const { client } = clientOn([answer(`{"data":[${task}]}`)])
    await assert.rejects(client.tasks.list(), { kind: 'response', path: 'data.0.assignees' })
  })

  test('RL-19 at most the first twenty validation errors of an answer are read', async () => {
    const one = { code: 'invalid', path: ['data', 'content'], message: 'Required' }
    const twenty = Array.from({ length: 20 }, () => one)
    const validation_errors = [...twenty, 'no such thing', 5]
    const { client } = clientOn([refusal(400, { code: 'validation_type', validation_errors })])
    await assert.rejects(client.tasks.list(), (error) => {
      assert.ok(error instanceof AttioApiError)
      assert.deepEqual(error.validationErrors, twenty)
      return true
    })
  })

  test('RL-19 a list of members with one unreadable member names the member’s place', async () => {
    const { client } = clientOn([Response.json({ data: [wireMember(), wireMember({ id: 5 })] })])
    await assert.rejects(client.workspaceMembers.list(), { kind: 'response', path: 'data.1.id' })
  })
})
