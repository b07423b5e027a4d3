import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePhoneNumber } from './phone-numbers.ts'

test('a number is taken to E.164 with its country, from the number or beside it', () => {
  const parsed = (number: string, country: string | null = null) => {
    const found = parsePhoneNumber(number, country)
    return found && [found.phone_number, found.country_code]
  }
  assert.deepEqual(parsed('+1 (202) 555-0147'), ['+12025550147', 'US'])
  assert.deepEqual(parsed('+44 20 7946 0958'), ['+442079460958', 'GB'])
  assert.deepEqual(parsed('020 7946 0958', 'GB'), ['+442079460958', 'GB'])
  assert.deepEqual(parsed('+353 1 234 5678'), ['+35312345678', 'IE'])
  assert.deepEqual(parsed('+1 416 555 0100', 'CA'), ['+14165550100', 'CA'])
  for (const wrong of ['', '123', '020 7946 0958', '+0 123 456 789', '+1', 'call me', '+44x20']) {
    assert.equal(parsed(wrong), undefined, wrong)
  }
})
