import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wireRecord, wireValue } from '../../testing/answers.ts'
import { recordName } from './record-name.ts'
import { oneTurn } from '../http/turns.ts'
import { recordFrom, wireRecordSchema } from '../wire/record.ts'

const nameOf = async (values: object) =>
  recordName(await recordFrom(wireRecordSchema.parse(wireRecord(values)), oneTurn))
const text = (value: string, members: object = {}) => wireValue('text', { value, ...members })
const fullName = (full_name: string, first_name = '', last_name = '') =>
  wireValue('personal-name', { first_name, last_name, full_name })
const email = wireValue('email-address', { email_address: 'ada@example.com' })
const domain = wireValue('domain', { domain: 'example.com' })

test('a person’s name is the full name', async () => {
  assert.equal(
    await nameOf({ name: [fullName('Ada Lovelace')], email_addresses: [email] }),
    'Ada Lovelace',
  )
  assert.equal(await nameOf({ name: [fullName('', 'Ada', 'Lovelace')] }), 'Ada Lovelace')
})

test('the name of a person created from an e-mail is the address', async () => {
  assert.equal(await nameOf({ name: [], email_addresses: [email] }), 'ada@example.com')
  assert.equal(await nameOf({ name: [fullName(' ')], email_addresses: [email] }), 'ada@example.com')
})

test('a company’s name is its name, or else its domain', async () => {
  assert.equal(await nameOf({ name: [text('Acme')], domains: [domain] }), 'Acme')
  assert.equal(await nameOf({ name: [], domains: [domain] }), 'example.com')
})

test('the name of a deal, a workspace and most custom records is their name attribute', async () => {
  assert.equal(await nameOf({ name: [text('Big deal')], stage: [] }), 'Big deal')
})

test('a user’s name is the primary e-mail address', async () => {
  assert.equal(await nameOf({ primary_email_address: [email] }), 'ada@example.com')
})

test('a record of an object without a name attribute is called by its title, number or ID', async () => {
  for (const slug of ['title', 'project_name', 'subject', 'invoice_number', 'user_id']) {
    assert.equal(
      await nameOf({ description: [text('Long')], [slug]: [text('P-17')] }),
      'P-17',
      slug,
    )
  }
  assert.equal(await nameOf({ invoice_number: [wireValue('number', { value: 1042 })] }), '1042')
  assert.equal(await nameOf({ title: [text('Old')], name: [text('New')] }), 'New')
  assert.equal(await nameOf({ record_id: [text('0193')], surname: [text('Byron')] }), undefined)
})

test('a name that is no longer current is skipped', async () => {
  const former = text('Old', { active_until: '2024-01-01T00:00:00.000000000Z' })
  assert.equal(await nameOf({ name: [former, text('New')] }), 'New')
})

test('a record without any of these attributes has no name', async () => {
  assert.equal(await nameOf({}), undefined)
  assert.equal(await nameOf({ description: [text('Long')], owner: [text('Ada')] }), undefined)
})

test('a name without a visible character gives way to the next attribute', async () => {
  for (const name of ['', ' ', '\u200b', '\u2800', '\u3164', '\u{e0041}', '\u202e']) {
    assert.equal(await nameOf({ name: [text(name)], email_addresses: [email] }), 'ada@example.com')
    assert.equal(await nameOf({ name: [text(name)] }), undefined)
  }
})
