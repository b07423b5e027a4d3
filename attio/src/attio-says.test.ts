import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { refusal } from '../testing/answers.ts'
import { clientOn } from '../testing/client.ts'
import { attioSaysForbidden, attioSaysGone, attioSaysUnauthorized } from './attio-says.ts'

const id = 'c8a3f6f1-0000-4000-8000-000000000001'
const task = { kind: 'task', id } as const
const notFound = (message: string) => refusal(404, { message })

async function errorOf(answer: Response): Promise<unknown> {
  const { client, time } = clientOn([answer])
  return time.run(client.tasks.get(id)).catch((error: unknown) => error)
}

describe('attioSaysGone', () => {
  const proofs = [
    `Could not find Task with ID "${id}".`,
    `Could not find task with ID "${id.toUpperCase()}"`,
    `Task with ID "${id}" not found.`,
    `Task with ID "${id}" was not found.`,
    'Task not found',
    `There is no such thing as "${id}".`,
  ]
  for (const message of proofs) {
    test(`“${message}” proves that the task is gone`, async () => {
      assert.equal(attioSaysGone(await errorOf(notFound(message)), task), true)
    })
  }

  const aboutSomethingElse = [
    'Object with slug/ID "people" not found.',
    'Object with slug/ID "task" not found.',
    `Object with slug/ID "${id}" not found.`,
    `Could not find endpoint "GET /v2/tasks/${id}".`,
    'Could not find Task with ID "another-task".',
    'Workspace member with ID "m-1" not found.',
    'The referenced object was not found.',
    `Object "people", linked by task "${id}", was not found.`,
    `No object is linked to task "${id}".`,
    `Could not find the workspace of task "${id}".`,
    `The parent record of "${id}" is missing.`,
    `The member assigned to "${id}" has left.`,
    `"${id}" links to "bf071e1f-6035-429d-b874-d83ea64ea13b", which does not exist.`,
    'Not found',
    '',
  ]
  for (const message of aboutSomethingElse) {
    test(`“${message}” does not prove that the task is gone`, async () => {
      assert.equal(attioSaysGone(await errorOf(notFound(message)), task), false)
    })
  }

  const message = `Could not find Task with ID "${id}".`
  const attioBody = { status_code: 404, type: 'invalid_request_error', code: 'not_found', message }
  const { status_code: _, ...withoutStatus } = attioBody
  const answersOnTheWay: [name: string, status: number, body: string][] = [
    ['an HTML page', 404, `<html>${message}</html>`],
    ['an empty body', 404, ''],
    ['JSON of another shape', 404, JSON.stringify({ error: 'not_found', message })],
    ['Attio’s body without its status', 404, JSON.stringify(withoutStatus)],
    ['Attio’s body of another status', 404, JSON.stringify({ ...attioBody, status_code: 400 })],
    ['a list with Attio’s body', 404, JSON.stringify([attioBody])],
    [
      'a record that is being merged',
      404,
      JSON.stringify({ ...attioBody, code: 'merge_in_progress' }),
    ],
    ['an error of another type', 404, JSON.stringify({ ...attioBody, type: 'auth_error' })],
    ['another status', 410, JSON.stringify({ ...attioBody, status_code: 410 })],
  ]
  for (const [name, status, body] of answersOnTheWay) {
    test(`${name} with status ${status} does not prove that the task is gone`, async () => {
      assert.equal(attioSaysGone(await errorOf(new Response(body, { status })), task), false)
    })
  }

  test('an error that is not an AttioApiError does not prove that the task is gone', () => {
    assert.equal(attioSaysGone(new Error(`Could not find Task with ID "${id}".`), task), false)
  })
})

describe('attioSaysForbidden and attioSaysUnauthorized', () => {
  test('Attio’s own 403 and 401 are recognised', async () => {
    const words = { type: 'auth_error', code: 'unauthorized' }
    assert.equal(attioSaysForbidden(await errorOf(refusal(403, words))), true)
    assert.equal(attioSaysUnauthorized(await errorOf(refusal(401, words))), true)
  })

  test('a gateway’s 403 and 401 are not recognised as Attio’s', async () => {
    const page = (status: number) => new Response('<h1>Blocked</h1>', { status })
    assert.equal(attioSaysForbidden(await errorOf(page(403))), false)
    assert.equal(attioSaysUnauthorized(await errorOf(page(401))), false)
  })
})
