import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { refusal } from '../../testing/answers.ts'
import { canaryToken, clientOn } from '../../testing/client.ts'
import { createAttioClient } from '../client.ts'

const everything = { depth: Infinity, showHidden: true, getters: true }

function show(value: unknown): string {
  return `${inspect(value, everything)} ${JSON.stringify(value)}`
}

test('TK a client never prints its token', () => {
  const client = createAttioClient({ accessToken: canaryToken })
  assert.doesNotMatch(show(client), /canary/)
})

test('TK an error body that quotes the token does not put it into the error', async () => {
  const message = `The token ${canaryToken} was not recognised`
  const { client, time } = clientOn([
    refusal(401, {
      message,
      code: canaryToken,
      validation_errors: [{ message, path: [canaryToken] }],
    }),
  ])
  const failure = await time.run(client.tasks.list()).catch((error: unknown) => error)
  assert.doesNotMatch(show(failure), /canary/)
  assert.match(show(failure), /The token \[secret\] was not recognised/)
})

test('TK the text of a non-JSON answer does not get into the error', async () => {
  for (const body of [`<p>${canaryToken}`, `{"data":"${canaryToken}"}`, `{"${canaryToken}":1}`]) {
    const { client, time } = clientOn([new Response(body)])
    const failure = await time.run(client.tasks.list()).catch((error: unknown) => error)
    assert.doesNotMatch(show(failure), /canary/)
  }
})

test('TK a token with characters that headers forbid is refused without being quoted', async () => {
  for (const bad of ['', 'canary\n', 'canary canary', 'canary\0', 'canäry-canary', '\ncanary']) {
    const { client, sent, time } = clientOn([refusal(400)], { accessToken: bad })
    const failure = await time.run(client.tasks.list()).catch((error: unknown) => error)
    assert.ok(failure instanceof TypeError)
    assert.doesNotMatch(show(failure), /canary/)
    assert.equal(sent.length, 0)
  }
})

test('a token function that fails rejects the call with its error', async () => {
  const { client, time } = clientOn([refusal(400)], {
    accessToken: () => Promise.reject(new Error('sealed')),
  })
  await assert.rejects(time.run(client.tasks.list()), { message: 'sealed' })
})
