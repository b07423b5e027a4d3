// A third-party client from npm: generated from the vendor's document, it checks
// every request before it is sent and every answer when it arrives.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as sdk from 'attio-ts-sdk'
import { z } from 'zod'
import { exampleCall, type ExampleCall } from '../api/examples/example-calls.ts'
import { operationEntries, operations, type Operation } from '../api/operations/operations.ts'
import { asTestAttio, type TestAttio } from '../for-tests.ts'
import { startLocalAttio } from '../start.ts'

suite('attio-ts-sdk works unchanged for every operation that it has', () => {
  for (const [name, operation] of operationEntries) {
    const functionName = nameInSdk(operation)
    const isThere = Object.hasOwn(sdk, functionName)
    test(`${name}: ${functionName}`, { skip: !isThere }, async () => {
      await withAttio(async (attio) => {
        const example = exampleCall(attio, name)
        const outcome = outcomeOf.parse(await callSdk(functionName, attio, operation, example))
        assert.equal(outcome.error, undefined)
        assert.equal(outcome.response.status, operation.status ?? 200)
      })
    })
  }

  test('attio-ts-sdk has all but the newest operations', () => {
    const missing = operationEntries.filter(([, one]) => !Object.hasOwn(sdk, nameInSdk(one)))
    assert.deepEqual(
      missing.map(([name]) => name),
      ['records.write-values', 'records.merge', 'entries.write-values', 'notes.update'],
    )
  })
})

test('the tasks helper of attio-ts-sdk lists tasks', async () => {
  await withAttio(async (attio) => {
    const client = clientOf(attio)
    const tasks = await sdk.listTasks({ client, limit: 10 })
    assert.equal(tasks.length, 10)
  })
})

test('errors of attio-ts-sdk carry Attio’s message', async () => {
  await withAttio(async (attio) => {
    const { path } = exampleCall(attio, 'tasks.get')
    await attio.call('DELETE', path)
    const example = { method: 'GET', path }
    await assert.rejects(callSdk('getV2TasksByTaskId', attio, operations['tasks.get'], example), {
      name: 'AttioApiError',
      status: 404,
      code: 'not_found',
    })
  })
})

test('attio-ts-sdk rejects answers that go beyond the document, as recorded from the real Attio', async () => {
  const stumbles = async (name: 'attributes.get' | 'comments.get') => {
    await withAttio(async (attio) => {
      const example = exampleCall(attio, name)
      const call = callSdk(nameInSdk(operations[name]), attio, operations[name], example)
      await assert.rejects(call, /default_currency_code|resolved_by/)
    }, 'seen')
  }
  await stumbles('attributes.get')
  await stumbles('comments.get')
})

const outcomeOf = z.object({
  error: z.unknown().optional(),
  response: z.object({ status: z.number() }),
})

async function withAttio(
  work: (attio: TestAttio) => Promise<void>,
  shapes: 'seen' | 'documented' = 'documented',
): Promise<void> {
  const attio = await startLocalAttio({ port: 0, rateLimits: false, checkAnswers: true, shapes })
  try {
    await work(asTestAttio(attio))
  } finally {
    await attio.stop()
  }
}

function clientOf(attio: TestAttio) {
  return sdk.createAttioClient({
    baseUrl: attio.origin,
    accessToken: attio.token,
    retry: { maxRetries: 0 },
  })
}

async function callSdk(
  functionName: string,
  attio: TestAttio,
  operation: Operation,
  example: ExampleCall,
): Promise<unknown> {
  const call: unknown = Reflect.get(sdk, functionName)
  if (typeof call !== 'function') throw new Error(`attio-ts-sdk has no ${functionName}.`)
  const outcome: unknown = await Reflect.apply(call, undefined, [
    {
      client: clientOf(attio),
      ...partsOf(operation, example),
      ...(example.body !== undefined && { body: example.body }),
    },
  ])
  return outcome
}

/** GET /v2/tasks/{task_id} → getV2TasksByTaskId. */
function nameInSdk({ method, path }: Operation): string {
  const steps = path
    .slice(1)
    .split('/')
    .map((step) => {
      const words = step.replaceAll(/[{}]/g, '').split('_')
      const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
      return step.startsWith('{') ? `By${pascal}` : pascal
    })
  return `${method.toLowerCase()}${steps.join('')}`
}

function partsOf(operation: Operation, { path }: ExampleCall) {
  const url = new URL(path, 'http://here')
  const values = url.pathname.split('/')
  const params = operation.path.split('/').flatMap((step, index) => {
    const name = /^\{(\w+)\}$/.exec(step)?.[1]
    return name === undefined ? [] : [[name, values[index]] as const]
  })
  const query = Array.from(url.searchParams, ([name, text]) => [name, typed(text)] as const)
  return {
    ...(params.length > 0 && { path: Object.fromEntries(params) }),
    ...(query.length > 0 && { query: Object.fromEntries(query) }),
  }
}

function typed(text: string): string | number | boolean {
  if (/^\d+$/.test(text)) return Number(text)
  return text === 'true' || text === 'false' ? text === 'true' : text
}
