import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wireRecord, wireValue } from '../../testing/answers.ts'
import { recordName } from './record-name.ts'
import { recordSchema } from '../wire/record.ts'

const nameOf = (values: object) => recordName(recordSchema.parse(wireRecord(values)))
const text = (value: string, members: object = {}) => wireValue('text', { value, ...members })
const fullName = (full_name: string, first_name = '', last_name = '') =>
  wireValue('personal-name', { first_name, last_name, full_name })
const email = wireValue('email-address', { email_address: 'ada@example.com' })
const domain = wireValue('domain', { domain: 'example.com' })

test('a person is known by the full name', () => {
  assert.equal(
    nameOf({ name: [fullName('Ada Lovelace')], email_addresses: [email] }),
    'Ada Lovelace',
  )
  assert.equal(nameOf({ name: [fullName('', 'Ada', 'Lovelace')] }), 'Ada Lovelace')
})

test('a person made from an e-mail has no name, and is known by the address', () => {
  assert.equal(nameOf({ name: [], email_addresses: [email] }), 'ada@example.com')
  assert.equal(nameOf({ name: [fullName(' ')], email_addresses: [email] }), 'ada@example.com')
})

test('a company is known by its name, or else its domain', () => {
  assert.equal(nameOf({ name: [text('Acme')], domains: [domain] }), 'Acme')
  assert.equal(nameOf({ name: [], domains: [domain] }), 'example.com')
})

test('a deal, a workspace and most custom records are known by their name', () => {
  assert.equal(nameOf({ name: [text('Big deal')], stage: [] }), 'Big deal')
})

test('a user is known by the primary e-mail address', () => {
  assert.equal(nameOf({ primary_email_address: [email] }), 'ada@example.com')
})

test('a name that is no longer current is passed over', () => {
  const former = text('Old', { active_until: '2024-01-01T00:00:00.000000000Z' })
  assert.equal(nameOf({ name: [former, text('New')] }), 'New')
})

test('a record without any of these has no name', () => {
  assert.equal(nameOf({}), undefined)
  assert.equal(nameOf({ name: [wireValue('number', { value: 7 })] }), undefined)
})
