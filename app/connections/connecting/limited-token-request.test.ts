import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { wordsOf } from '../../../testing/in-process/page-text.ts'
import { approve, createWorld } from '../../../testing/in-process/testbed.ts'

/** A fetch that answers requests to this path with 429, and passes all others on. */
const limited =
  (path: string, retryAfter: string) =>
  (real: typeof fetch): typeof fetch =>
  async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    if (pathname !== path) return await real(input, init)
    return new Response('', { status: 429, headers: { 'retry-after': retryAfter } })
  }

suite('connecting while Attio limits requests', () => {
  const waits: [path: string, retryAfter: string, words: RegExp][] = [
    ['/oauth/token', '420', /Try again in 7 minutes/],
    ['/oauth/token', '31536000', /Try again in 15 minutes/],
    ['/v2/self', '420', /Try again in 7 minutes/],
  ]
  for (const [path, retryAfter, words] of waits) {
    test(`a 429 of ${path} with Retry-After ${retryAfter} says when to try again`, async () => {
      const world = await createWorld({ fetch: limited(path, retryAfter) })
      const jo = await world.signedUp()
      const answer = await jo.get(await approve(world.attio, jo))
      assert.equal(answer.status, 503)
      assert.match(wordsOf(answer.body), words)
      assert.ok(Number(answer.headers.get('retry-after')) > 400)
      await world.close()
    })
  }
})
