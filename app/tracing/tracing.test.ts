// Traces as a collector gets them: OTLP over HTTP, in JSON.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import { z } from 'zod'
import {
  approve,
  createWorld,
  password,
  taskrOrigin,
  type World,
} from '../../testing/in-process/testbed.ts'
import { readConfig, type Environment } from '../config/config.ts'
import { paths } from '../web/addresses.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`

suite('traces', () => {
  test('a request, its calls to Attio and the work that it starts are one trace', async () => {
    const { spans } = await collectTraces(async (world) => {
      const jo = await world.connected('jo')
      await jo.get('/tasks/nowhere/at-all', { traceparent })
      await jo.post(paths.refresh, { returnTo: '/' }, { traceparent })
      await world.taskr.idle()
    })
    const ours = spans.filter((span) => span.traceId === traceId)
    const named = (name: string) => {
      const span = ours.find((each) => each.name === name)
      assert.ok(span, `${name} in ${ours.map((each) => each.name).join(', ')}`)
      return span
    }
    const request = named('POST /tasks/refresh')
    assert.equal(request.parentSpanId, '00f067aa0ba902b7')
    assert.equal(named('GET /tasks/…/…').attributes.get('http.response.status_code'), 404)
    const work = named('sync :id')
    assert.equal(work.parentSpanId, request.spanId)
    assert.equal(named('GET /v2/tasks').parentSpanId, work.spanId)
  })

  test('the lines of the log name the trace, also of requests that no proxy traces', async () => {
    const { lines, spans } = await collectTraces(async (world) => {
      await world.browser().get('/login')
    })
    const span = spans.find(({ name }) => name === 'GET /login')
    const line = lines.find((each) => each.includes('"path":"/login"'))
    assert.ok(span && line?.includes(`"traceId":"${span.traceId}"`))
  })

  test('no secret is in a trace', async () => {
    const secrets: (string | undefined)[] = [password, '1nvitation']
    const { bodies } = await collectTraces(async (world) => {
      const jo = await world.signedUp('jo')
      const callback = await approve(world.attio, jo)
      await jo.get(callback)
      await world.taskr.idle()
      await jo.get('/join/1nvitation')
      secrets.push(
        jo.cookies.get('taskr_session'),
        world.environment['ATTIO_CLIENT_SECRET'],
        ...new URL(callback, taskrOrigin).searchParams.values(),
      )
    })
    const sent = bodies.join('\n')
    assert.match(sent, /POST \/signup/)
    assert.match(sent, /callback/)
    assert.ok(secrets.length >= 6)
    for (const secret of secrets) {
      assert.ok(secret !== undefined && secret !== '')
      assert.ok(!sent.includes(secret), secret)
    }
  })

  test('the statements of a request are spans below it where that is asked for', async () => {
    const visit = async (world: World) => {
      const jo = await world.connected('jo')
      await jo.get('/?view=open&q=Zebra', { traceparent })
    }
    const asked = await collectTraces(visit, { environment: { TASKR_TRACE_STATEMENTS: 'yes' } })
    const request = asked.spans.find(({ name }) => name === 'GET /')
    const below = asked.spans.filter(
      ({ attributes, parentSpanId }) =>
        attributes.has('db.query.text') && parentSpanId === request?.spanId,
    )
    assert.ok(below.some(({ name }) => name === 'select sessions'))
    assert.ok(below.length >= 3, below.map(({ name }) => name).join(', '))
    assert.ok(below.every(({ attributes }) => attributes.get('db.system.name') === 'sqlite'))
    assert.ok(asked.spans.some(({ name }) => name === 'commit'))
    const sent = asked.bodies.join('\n')
    for (const value of ['Zebra', 'zebra', password, 'Europe/Berlin']) {
      assert.ok(!sent.includes(value), value)
    }
    const { spans } = await collectTraces(visit)
    assert.ok(spans.length > 0 && !spans.some(({ attributes }) => attributes.has('db.query.text')))
  })

  test('a trace that the proxy does not sample is not sent', async () => {
    const { spans } = await collectTraces(async (world) => {
      await world.browser().get('/login', { traceparent: traceparent.replace(/01$/, '00') })
    })
    assert.deepEqual(spans, [])
  })

  test('the collector gets its headers; one that refuses is logged and stops nothing', async () => {
    const visit = async (world: World) => {
      assert.equal((await world.browser().get('/login')).status, 200)
    }
    const { keys, lines } = await collectTraces(visit, { status: 400 })
    assert.deepEqual(keys, ['a key'])
    assert.match(lines.join(''), /tracing\.not-sent/)
  })
})

suite('the settings of traces', () => {
  const base = {
    ATTIO_CLIENT_ID: randomUUID(),
    ATTIO_CLIENT_SECRET: randomBytes(32).toString('hex'),
    TASKR_KEYS: `k1:${randomBytes(32).toString('base64url')}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
  }
  const read = (given: Readonly<Record<string, string>>) => {
    const reading = readConfig({ ...base, ...given })
    assert.equal(reading.kind, 'read', JSON.stringify(reading))
    return reading.kind === 'read' ? reading.config.tracing : undefined
  }

  test('the address is the collector’s, or that for traces as it is', () => {
    assert.equal(read({})?.url, 'http://collector:4318/v1/traces')
    const own = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://other.example/otlp' }
    assert.equal(read(own)?.url, 'https://other.example/otlp')
  })

  test('traces can be switched off', () => {
    assert.equal(read({ OTEL_SDK_DISABLED: 'true' }), undefined)
    assert.equal(read({ OTEL_TRACES_EXPORTER: 'none' }), undefined)
    assert.equal(read({ OTEL_EXPORTER_OTLP_ENDPOINT: '' }), undefined)
  })

  test('names, attributes and samplers are read', () => {
    const target = read({
      OTEL_SERVICE_NAME: 'tasks',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=a%2Cb, host=one',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    })
    assert.deepEqual(target?.resource, {
      'deployment.environment.name': 'a,b',
      host: 'one',
      'service.name': 'tasks',
    })
    assert.deepEqual([target?.ratio, target?.followsParent], [0.25, true])
    assert.equal(read({ OTEL_TRACES_SAMPLER: 'always_off' })?.ratio, 0)
  })

  const refused = [
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://me:s3cret@collector:4318'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=a%0D%0Ab: c'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'a=%E0%A4%A'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_SDK_DISABLED', 'perhaps'],
    ['TASKR_TRACE_STATEMENTS', 'all'],
  ] as const
  for (const [name, value] of refused) {
    test(`${name}=${value} is refused without being repeated`, () => {
      const reading = readConfig({ ...base, [name]: value })
      assert.ok(reading.kind === 'refused')
      assert.match(reading.problems.join(), new RegExp(`^${name} must be`))
      assert.ok(!reading.problems.join().includes(value))
    })
  }
})

const pair = z.object({
  key: z.string(),
  value: z.object({ stringValue: z.string().optional(), intValue: z.number().optional() }),
})
const sentSpans = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              attributes: z.array(pair).default([]),
            }),
          ),
        }),
      ),
    }),
  ),
})

/** Does work in a Taskr behind a proxy. Returns what its collector was sent until it had stopped, and its log. */
async function collectTraces(
  work: (world: World) => Promise<void>,
  { environment = {}, status = 200 }: { environment?: Environment; status?: number } = {},
) {
  await using collector = await startCollector(status)
  const world = await createWorld({
    environment: { ...collector.environment, ...environment },
  })
  try {
    await work(world)
  } finally {
    await world.close()
  }
  const { bodies, keys } = collector
  return { bodies, keys, lines: world.logger.lines, spans: bodies.flatMap(spansIn) }
}

async function startCollector(status: number) {
  const bodies: string[] = []
  const keys: (string | string[] | undefined)[] = []
  const server = createServer((request, response) => {
    keys.push(request.headers['x-key'])
    void text(request).then((body) => {
      bodies.push(body)
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return {
    bodies,
    keys,
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${address.port}`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20key',
      TASKR_TRUSTED_PROXIES: '1',
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function spansIn(body: string) {
  return sentSpans
    .parse(JSON.parse(body))
    .resourceSpans.flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans)
    .map(({ attributes, ...span }) => ({
      ...span,
      attributes: new Map(
        attributes.map(({ key, value }) => [key, value.intValue ?? value.stringValue]),
      ),
    }))
}
