import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { data, wireRecord } from '../../testing/answers.ts'
import { clientOn } from '../../testing/client.ts'
import { linkToAttio } from './link-to-attio.ts'

const app = 'https://app.attio.com'

describe('a link in an answer from Attio', () => {
  for (const link of [
    'https://app.attio.com/acme/person/1',
    'https://attio.com/help',
    'https://eu.app.attio.com/acme',
  ]) {
    test(`${link} is kept`, () => assert.equal(linkToAttio(link, app), link))
  }

  for (const link of [
    'https://evil.example/acme/person/1',
    'https://app.attio.com@evil.example/',
    'https://ada:secret@app.attio.com/acme',
    'https://app.attio.com.evil.example/',
    'https://evilattio.com/',
    'https://app.attio.com:8443/acme',
    `https://app.attio.com/${'a'.repeat(8_192)}`,
    'http://app.attio.com/acme',
    'javascript:alert(1)//app.attio.com',
    'data:text/html,app.attio.com',
    '//app.attio.com/acme',
    '/acme/person/1',
    '',
    null,
  ]) {
    test(`${link?.slice(0, 60)} is dropped`, () => assert.equal(linkToAttio(link, app), null))
  }

  test('the origin of a stand-in is kept for a client that uses it', () => {
    const link = 'http://localhost:3060/acme/person/1'
    assert.equal(linkToAttio(link, 'http://localhost:3060'), link)
    assert.equal(linkToAttio(link, app), null)
  })

  test('a record with a foreign link is read with a null link', async () => {
    const foreign = { ...wireRecord(), web_url: 'https://evil.example/' }
    const { client } = clientOn([data([foreign, wireRecord()])])
    const records = await client.records.query('people')
    const [first, second] = records.map(({ webUrl }) => webUrl)
    assert.equal(first, null)
    assert.match(second ?? '', /^https:\/\/app\.attio\.com\//)
  })
})
