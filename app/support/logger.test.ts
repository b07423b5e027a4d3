import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestClock } from './clock.ts'
import { createTestLogger } from './logger.ts'
import { Secret } from './secret.ts'

const clock = createTestClock(Date.UTC(2026, 0, 2, 3, 4, 5, 6))

test('H-12 a log line is one JSON object with level, UTC time, event and fields', () => {
  const logger = createTestLogger(clock)
  logger.info('account.signed-up', { accountId: 'a1', attempts: 2 })
  assert.deepEqual(logger.lines, [
    '{"level":"info","time":"2026-01-02T03:04:05.006Z","accountId":"a1","attempts":2,"event":"account.signed-up"}\n',
  ])
})

test('warnings and errors carry their level', () => {
  const logger = createTestLogger(clock)
  logger.warn('limit.reached')
  logger.error('task.failed')
  assert.match(logger.lines[0] ?? '', /"level":"warn"/)
  assert.match(logger.lines[1] ?? '', /"level":"error"/)
})

test('TK-02 secrets are not printed, whether or not they are wrapped', () => {
  const logger = createTestLogger(clock)
  logger.info('careless', {
    wrapped: new Secret('canary'),
    password: 'canary',
    state: 'canary',
    code: 'canary',
    body: { accessToken: 'canary', inner: { clientSecret: 'canary' } },
    headers: { cookie: 'canary', authorization: 'canary' },
  })
  assert.doesNotMatch(logger.lines.join(''), /canary/)
})

test('TK-02 a secret is not printed either in a line of plain values only, or only deep in one', () => {
  const logger = createTestLogger(clock)
  for (const name of ['password', 'token', 'accessToken', 'code', 'state']) {
    logger.info('careless', { attempts: 1, [name]: 'canary' })
  }
  logger.warn('careless', { attempts: 1, body: { inner: { secret: 'canary' } } })
  assert.equal(logger.lines.length, 6)
  assert.doesNotMatch(logger.lines.join(''), /canary/)
})

test('an error is printed with name, code, message and cause, and no property that a driver added', () => {
  const logger = createTestLogger(clock)
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (username_key)=(canary) already exists.',
  })
  logger.error('store.failed', { error: new TypeError('no luck', { cause }) })
  const line = logger.lines.join('')
  assert.match(line, /"name":"TypeError"/)
  assert.match(line, /"code":"23505","message":"duplicate key"/)
  assert.doesNotMatch(line, /canary/)
  logger.error('thrown', { error: 'just text' })
  assert.match(logger.lines[1] ?? '', /just text/)
})

// 16.4.1: a stranger's text must not look like another line, nor control a terminal.
const controls = [
  '\r',
  '\n',
  '\r\n{"level":"error","event":"forged"}',
  '\u001b[2J',
  '\u009b2J',
  '\u0000',
  '\u007f',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
]

test('16.4.1 CR, LF, ESC and related characters stay inside their field, escaped, and lose nothing', () => {
  for (const hostile of controls) {
    const logger = createTestLogger(clock)
    const name = `a${hostile}b`
    logger.info(name, { name, [name]: 'key', nested: { name }, error: new Error(name) })
    assert.equal(logger.lines.length, 1)
    const [line = ''] = logger.lines
    // oxlint-disable-next-line no-control-regex -- the test searches for control characters
    assert.doesNotMatch(line.slice(0, -1), /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u2069]/)
    const parsed: unknown = JSON.parse(line)
    assert.ok(typeof parsed === 'object' && parsed !== null && 'name' in parsed)
    assert.equal(parsed.name, name)
  }
})

test('addresses in the message of an error are not logged', () => {
  const logger = createTestLogger(clock)
  const cause = new TypeError('cannot fetch "https://canary:canary@host/x?code=canary" today')
  const error = new Error('GET /callback?code=canary&state=canary failed', { cause })
  logger.error('web.failed', { error })
  const [line = ''] = logger.lines
  assert.doesNotMatch(line, /canary/)
  assert.match(line, /cannot fetch .{0,3}\[address\].{0,3} today/)
  assert.match(line, /logger\.test\.ts:\d+/)
})
