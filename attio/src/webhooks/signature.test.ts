import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { importWebhookSecret, verifyWebhookSignature } from './signature.ts'

const secret = 'f'.repeat(64)
const body = Buffer.from('{"webhook_id":"w","events":[{"content":"Grüße 👋"}]}')
const sign = (bytes: Uint8Array, key = secret) =>
  createHmac('sha256', key).update(bytes).digest('hex')
const signature = sign(body)
const verify = (delivery: object = {}) =>
  verifyWebhookSignature({ body, signature, secret, ...delivery })

describe('RL-13 the signature of a delivery', () => {
  test("RL-13 Attio's signature over the raw bytes is accepted", async () => {
    assert.equal(await verify(), true)
    assert.equal(await verify({ body: new Uint8Array(body).buffer }), true)
    const part = Buffer.concat([Buffer.from('x'), body, Buffer.from('y')]).subarray(1, -1)
    assert.equal(await verify({ body: part }), true)
  })

  test('RL-13 while a secret is being replaced, both the old and the new one are accepted', async () => {
    for (const secrets of [
      ['new', secret],
      [secret, 'new'],
    ]) {
      assert.equal(await verify({ secret: secrets }), true)
    }
    assert.equal(await verify({ secret: ['new', 'newer'] }), false)
    assert.equal(await verify({ secret: [] }), false)
  })

  test('RL-13 an imported key verifies like the secret and cannot be exported', async () => {
    const key = await importWebhookSecret(secret)
    assert.equal(await verify({ secret: key }), true)
    assert.equal(await verify({ secret: ['old', key] }), true)
    assert.equal(await verify({ secret: await importWebhookSecret('other') }), false)
    await assert.rejects(crypto.subtle.exportKey('raw', key))
    await assert.rejects(importWebhookSecret(''))
  })

  const refused: [name: string, delivery: object][] = [
    ['missing', { signature: undefined }],
    ['missing in another way', { signature: null }],
    ['empty', { signature: '' }],
    ['in upper case', { signature: signature.toUpperCase() }],
    ['doubled, as frameworks join it', { signature: `${signature}, ${signature}` }],
    ['too short', { signature: signature.slice(0, -2) }],
    ['too long', { signature: `${signature}00` }],
    ['with a space', { signature: ` ${signature}` }],
    ['with a prefix', { signature: `sha256=${signature}` }],
    ['in base64', { signature: Buffer.from(signature, 'hex').toString('base64') }],
    ['of another secret', { signature: sign(body, 'other') }],
    ['of the body as UTF-16', { signature: sign(Buffer.from(body.toString(), 'utf16le')) }],
    [
      'of the body printed again',
      { body: Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1)) },
    ],
    ['under an empty secret', { secret: '', signature: sign(body, '') }],
  ]
  for (const [name, delivery] of refused) {
    test(`RL-13 a signature ${name} is refused`, async () => {
      assert.equal(await verify(delivery), false)
    })
  }

  test('RL-13 every flipped bit of body or signature is refused', async () => {
    const flips = fc.record({ bit: fc.nat({ max: 7 }), at: fc.nat({ max: body.length - 1 }) })
    await fc.assert(
      fc.asyncProperty(flips, async ({ bit, at }) => {
        const flipped = Buffer.from(body)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        assert.equal(await verify({ body: flipped }), false)
        const bytes = Buffer.from(signature, 'hex')
        bytes[at % 32] = (bytes[at % 32] ?? 0) ^ (1 << bit)
        assert.equal(await verify({ signature: bytes.toString('hex') }), false)
      }),
      { numRuns: 1_000 },
    )
  })

  test('RL-13 no random signature is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary-ascii', maxLength: 70 }), async (signature) => {
        assert.equal(await verify({ signature }), false)
      }),
      { numRuns: 1_000 },
    )
  })
})
