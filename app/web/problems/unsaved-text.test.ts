// The text of a form that comes after the session ended is shown again.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { createWorld, type World } from '../../../testing/in-process/testbed.ts'

suite('a form that comes after the session ended', () => {
  for (const [where, path] of [
    ['a new task', '/tasks'],
    ['a new text', '/tasks/someone/something/replacement'],
  ] as const) {
    test(`the text of ${where} is shown with the form to log in, to be copied`, async () => {
      await using world = await createWorld()
      const jo = await loggedOutMeanwhile(world)
      const answer = await jo.post(path, { content: 'Call <b>Ada</b>\n& Grace' })
      assert.equal(answer.status, 401)
      assert.match(answer.body, /Your session ended\. Log in to continue\./)
      assert.match(
        answer.body,
        /<textarea readonly [^>]*>\nCall &lt;b&gt;Ada&lt;\/b&gt;\n&amp; Grace</,
      )
      assert.match(answer.body, /<form method="post" action="\/login"/)
    })
  }

  test('a form without text, and one that the page’s script sent, lead to the log-in page', async () => {
    await using world = await createWorld()
    const jo = await loggedOutMeanwhile(world)
    const script = { 'sec-fetch-mode': 'cors' }
    for (const answer of [
      await jo.post('/tasks', { content: '' }),
      await jo.post('/tasks'),
      await jo.post('/tasks', { content: 'Kept by the page' }, script),
      await jo.post('/tasks', '{"content":"x"}', { 'content-type': 'application/json' }),
      await jo.post('/tasks', `content=x${'&a'.repeat(2_000)}`),
    ]) {
      assert.equal(answer.status, 303)
      assert.equal(answer.location, '/login?reason=session-ended')
    }
  })

  test('a form from another site is refused before it is read', async () => {
    await using world = await createWorld()
    const jo = await loggedOutMeanwhile(world)
    const elsewhere = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    const answer = await jo.post('/tasks', { content: 'Not mine' }, elsewhere)
    assert.equal(answer.status, 403)
    assert.doesNotMatch(answer.body, /Not mine/)
  })
})

/** Returns a browser whose session was ended from elsewhere. */
async function loggedOutMeanwhile(world: World): Promise<Browser> {
  const jo = await world.signedUp()
  const elsewhere = world.browser()
  for (const [name, value] of jo.cookies) elsewhere.cookies.set(name, value)
  assert.equal((await elsewhere.post('/logout')).status, 303)
  return jo
}
