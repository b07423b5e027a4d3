import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { wireValue } from '../../testing/answers.ts'
import { attributeValueSchema } from './attribute-value.ts'

const read = (type: string, members: object) => {
  const { activeFrom, activeUntil, createdBy, ...value } = attributeValueSchema.parse(
    wireValue(type, members),
  )
  assert.equal(activeFrom, Date.UTC(2023, 3, 3, 15, 21, 6, 447))
  assert.equal(activeUntil, null)
  assert.equal(createdBy?.type, 'workspace-member')
  return value
}

const place = { locality: 'Berlin', region: null, postcode: '10115', latitude: '52.5' }

describe('attribute values', () => {
  const table: [type: string, wire: object, value: object][] = [
    ['text', { value: 'x' }, { value: 'x' }],
    ['number', { value: 1.5 }, { value: 1.5 }],
    ['rating', { value: 4 }, { value: 4 }],
    ['checkbox', { value: true }, { value: true }],
    ['date', { value: '2026-05-15' }, { value: '2026-05-15' }],
    ['timestamp', { value: '2026-05-15T00:00:00.000000000Z' }, { value: Date.UTC(2026, 4, 15) }],
    [
      'personal-name',
      { first_name: 'Ada', last_name: 'Lovelace', full_name: 'Ada Lovelace' },
      { firstName: 'Ada', lastName: 'Lovelace', fullName: 'Ada Lovelace' },
    ],
    ['email-address', { email_address: 'a@b.c' }, { emailAddress: 'a@b.c' }],
    ['domain', { domain: 'x.example', root_domain: 'x.example' }, { domain: 'x.example' }],
    [
      'phone-number',
      { phone_number: '+4930', country_code: 'DE' },
      { phoneNumber: '+4930', countryCode: 'DE' },
    ],
    [
      'record-reference',
      { target_object: 'people', target_record_id: 'r' },
      { targetObject: 'people', targetRecordId: 'r' },
    ],
    [
      'actor-reference',
      { referenced_actor_type: 'robot', referenced_actor_id: null },
      { actor: { type: 'robot', id: null } },
    ],
    [
      'currency',
      { currency_value: 9.5, currency_code: 'EUR' },
      { currencyValue: 9.5, currencyCode: 'EUR' },
    ],
    ['select', { option: { id: {}, title: 'Hot', is_archived: false } }, { title: 'Hot' }],
    ['status', { status: { title: 'Won' } }, { title: 'Won' }],
    [
      'interaction',
      { interaction_type: 'email', interacted_at: '2026-05-15' },
      { interactionType: 'email', interactedAt: Date.UTC(2026, 4, 15) },
    ],
    [
      'location',
      { line_1: 'Invalidenstr. 1', line_2: null, country_code: 'DE', ...place },
      { lines: ['Invalidenstr. 1'], countryCode: 'DE', longitude: null, ...place },
    ],
  ]
  for (const [attributeType, wire, value] of table) {
    test(`a value of type ${attributeType} is read`, () => {
      assert.deepEqual(read(attributeType, wire), { attributeType, ...value })
    })
  }

  const strange: [type: string, members: object][] = [
    ['hologram', { depth: 3 }],
    ['status', { status: 'a-uuid' }],
    ['number', { value: 'seven' }],
    ['toString', {}],
  ]
  for (const [type, members] of strange) {
    test(`RL-19 a ${type} of ${JSON.stringify(members)} is kept unparsed`, () => {
      const value = read(type, members)
      assert.ok(value.attributeType === 'other')
      assert.equal(value.originalType, type)
      assert.deepEqual(value.members, wireValue(type, members))
    })
  }
})
