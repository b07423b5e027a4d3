import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { readConfig, type Environment } from './config.ts'
import { formatKey } from '../connections/keys/key-ring.ts'

const secret = randomBytes(32).toString('hex')
const good = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://taskr.example.com',
  DATABASE_URL: 'postgres://taskr@db/taskr?sslmode=verify-full',
  TASKR_KEYS: formatKey('k1', randomBytes(32)),
  ATTIO_CLIENT_ID: randomUUID(),
  ATTIO_CLIENT_SECRET: secret,
}

suite('configuration', () => {
  test('H-10 a complete environment is read; without HOST Taskr listens on loopback only', () => {
    const reading = readConfig(good)
    assert.ok(reading.kind === 'read')
    assert.equal(reading.config.port, 3050)
    assert.equal(reading.config.host, '127.0.0.1')
    assert.equal(
      reading.config.attio.redirectUri,
      'https://taskr.example.com/integrations/attio/callback',
    )
    assert.equal(reading.config.attio.endpoints.app, 'https://app.attio.com')
    assert.equal(String(reading.config.attio.clientSecret), '[secret]')
  })

  test('SMTP_URL and MAIL_FROM name the mail server and the sender', () => {
    const mail = {
      SMTP_URL: 'smtps://taskr:pw@mail.example.com',
      MAIL_FROM: 'Ops <ops@example.com>',
    }
    const reading = readConfig({ ...good, ...mail })
    assert.ok(reading.kind === 'read')
    assert.equal(reading.config.smtp?.host, 'mail.example.com')
    assert.deepEqual(reading.config.mailFrom, { name: 'Ops', address: 'ops@example.com' })
    const without = readConfig(good)
    assert.ok(without.kind === 'read' && without.config.smtp === undefined)
  })

  test('a mail server without a sender and malformed senders are refused', () => {
    const url = 'smtps://taskr:canary@mail.example.com'
    assert.match(problemsOf({ ...good, SMTP_URL: url }), /MAIL_FROM is missing/)
    for (const sender of ['x', 'a@b, c@d', 'A <a@b', 'a@b>', 'a@b\nBcc: c@d', '<>']) {
      const problems = problemsOf({ ...good, SMTP_URL: url, MAIL_FROM: sender })
      assert.match(problems, /^MAIL_FROM must be an address/, sender)
    }
    assert.doesNotMatch(problemsOf({ ...good, SMTP_URL: `${url}?x=1` }), /canary/)
  })

  test('connections to the database, named statements, the notice of a stop and the log level have limits and defaults', () => {
    const told = (environment: Environment) => {
      const reading = readConfig({ ...good, ...environment })
      assert.ok(reading.kind === 'read', JSON.stringify(reading))
      const { databaseConnections, logLevel, namedStatements, stopNoticeMs } = reading.config
      return { databaseConnections, logLevel, namedStatements, stopNoticeMs }
    }
    const standard = {
      databaseConnections: 10,
      logLevel: 'info',
      namedStatements: 'unless-pooled',
      stopNoticeMs: 2_000,
    }
    assert.deepEqual(told({}), standard)
    const chosen = {
      TASKR_DATABASE_CONNECTIONS: '40',
      TASKR_LOG_LEVEL: 'warn',
      TASKR_NAMED_STATEMENTS: 'no',
      TASKR_STOP_NOTICE_SECONDS: '0',
    }
    assert.deepEqual(told(chosen), {
      databaseConnections: 40,
      logLevel: 'warn',
      namedStatements: 'no',
      stopNoticeMs: 0,
    })
    for (const [name, value, problem] of [
      ['TASKR_DATABASE_CONNECTIONS', '0', 'must be a number from 1 to 500'],
      ['TASKR_NAMED_STATEMENTS', 'off', 'must be yes or no'],
      ['TASKR_STOP_NOTICE_SECONDS', '61', 'must be a number from 0 to 60'],
      ['TASKR_STOP_NOTICE_SECONDS', '1.5', 'must be a number from 0 to 60'],
      ['TASKR_LOG_LEVEL', 'debug', 'must be info, warn or error'],
    ] as const) {
      assert.equal(problemsOf({ ...good, [name]: value }), `${name} ${problem}`)
    }
  })

  test('TASKR_SIGN_UP and TASKR_SIGN_UP_DOMAINS say who may sign up; by default everyone may', () => {
    const reading = readConfig(good)
    assert.ok(reading.kind === 'read')
    assert.deepEqual(reading.config.signUp, { mode: 'open', domains: [] })
    const narrowed = readConfig({
      ...good,
      TASKR_SIGN_UP: 'invited',
      TASKR_SIGN_UP_DOMAINS: 'Acme.example, globex.example',
      SMTP_URL: 'smtps://mail.example.com',
      MAIL_FROM: 'taskr@example.com',
    })
    assert.ok(narrowed.kind === 'read')
    const domains = ['acme.example', 'globex.example']
    assert.deepEqual(narrowed.config.signUp, { mode: 'invited', domains })
    assert.match(problemsOf({ ...good, TASKR_SIGN_UP: 'yes' }), /must be open, invited or closed/)
    assert.match(
      problemsOf({ ...good, TASKR_SIGN_UP_DOMAINS: '*.acme.example' }),
      /must be domains/,
    )
  })

  test('SU-04 domains are refused where no mail can verify an address', () => {
    const domains = { TASKR_SIGN_UP_DOMAINS: 'acme.example' }
    assert.match(problemsOf({ ...good, ...domains }), /TASKR_SIGN_UP_DOMAINS needs SMTP_URL/)
  })

  test('an identity provider is an issuer with its client; a part alone is refused, without its value', () => {
    const provider = {
      OIDC_ISSUER: 'https://login.acme.example/realms/staff',
      OIDC_CLIENT_ID: 'taskr',
      OIDC_CLIENT_SECRET: 'canary-of-the-client-secret',
    }
    const reading = readConfig({ ...good, ...provider })
    assert.ok(reading.kind === 'read')
    const { singleSignOn } = reading.config
    assert.equal(singleSignOn?.issuer.href, provider.OIDC_ISSUER)
    assert.equal(singleSignOn?.label, 'login.acme.example')
    assert.equal(
      singleSignOn?.redirectUri,
      'https://taskr.example.com/login/single-sign-on/callback',
    )
    assert.equal(String(singleSignOn?.clientSecret), '[secret]')
    for (const name of Object.keys(provider)) {
      const problems = problemsOf({ ...good, ...provider, [name]: undefined })
      assert.match(problems, new RegExp(`^${name} is missing beside OIDC_`))
      assert.doesNotMatch(problems, /canary/)
    }
    for (const issuer of [
      'http://login.acme.example',
      'https://a@b.example',
      'https://a.example?b',
      'x',
    ]) {
      assert.match(problemsOf({ ...good, ...provider, OIDC_ISSUER: issuer }), /^OIDC_ISSUER must/)
    }
    const domains = readConfig({ ...good, ...provider, TASKR_SIGN_UP_DOMAINS: 'acme.example' })
    assert.equal(domains.kind, 'read', 'the provider verifies addresses, too')
    assert.match(problemsOf({ ...good, OIDC_LABEL: 'Acme' }), /OIDC_ISSUER is missing/)
  })

  test('LISTEN_DATABASE_URL is the address for notifications, and defaults to DATABASE_URL', () => {
    const listen = 'postgres://taskr@db:6432/taskr?sslmode=verify-full'
    const reading = readConfig({ ...good, LISTEN_DATABASE_URL: listen })
    assert.ok(reading.kind === 'read')
    assert.equal(reading.config.listenDatabaseUrl, listen)
    const without = readConfig(good)
    assert.ok(without.kind === 'read')
    assert.equal(without.config.listenDatabaseUrl, good.DATABASE_URL)
    assert.match(
      problemsOf({ ...good, LISTEN_DATABASE_URL: 'file:x' }),
      /^LISTEN_DATABASE_URL must/,
    )
  })

  test('white space around any value is left out', () => {
    const many = { ...good, PORT: '3051', TASKR_ROLE: 'web', TASKR_LOG_LEVEL: 'warn' }
    const plain = readConfig(many)
    assert.ok(plain.kind === 'read')
    const { NODE_ENV, ...others } = many
    for (const [name, value] of Object.entries(others)) {
      for (const padded of [`${value}\n`, ` ${value}`, `\t${value}\r\n`]) {
        const reading = readConfig({ NODE_ENV, ...others, [name]: padded })
        assert.ok(reading.kind === 'read', name)
        assert.deepEqual(
          [reading.config.port, reading.config.databaseUrl, reading.config.role],
          [plain.config.port, plain.config.databaseUrl, plain.config.role],
          name,
        )
      }
    }
  })

  test('H-03 TK-07 all missing or empty variables that production needs are reported at once', () => {
    const needed = Object.keys(good).filter((name) => name !== 'NODE_ENV')
    for (const name of needed) {
      assert.match(problemsOf({ ...good, [name]: undefined }), new RegExp(`^${name} is missing`))
      assert.match(problemsOf({ ...good, [name]: ' ' }), new RegExp(`^${name} is missing`))
    }
    const all = readConfig({ NODE_ENV: 'production' })
    assert.ok(all.kind === 'refused')
    assert.deepEqual(
      all.problems.map((problem) => problem.split(' ')[0]),
      needed.toSorted(),
    )
  })

  test('H-03 a placeholder is refused and no value is repeated', () => {
    const wrong: Environment = {
      ATTIO_CLIENT_SECRET: 'your-client-secret-goes-here-please-1234',
      ATTIO_CLIENT_ID: 'your-client-id',
      TASKR_KEYS: `k1:${secret}`,
      PORT: '99999',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      TASKR_ROLE: 'boss',
      TASKR_TRUSTED_PROXIES: '-1',
      TASKR_LIMIT_EXEMPT: '203.0.113.0/33',
      TASKR_SIGN_UPS_PER_HOUR: '0.5',
      TASKR_LOG_INS_PER_MINUTE: 'many',
    }
    for (const [name, value] of Object.entries(wrong)) {
      const problems = problemsOf({ ...good, [name]: value })
      assert.match(problems, new RegExp(`^${name} `))
      assert.ok(!problems.includes(value ?? ''), problems)
    }
  })

  test('limits, and the networks exempt from them, can be configured', () => {
    const reading = readConfig({
      ...good,
      TASKR_LIMIT_EXEMPT: '203.0.113.0/24, 2001:db8::/48,198.51.100.7',
      TASKR_SIGN_UPS_PER_HOUR: '500',
    })
    assert.ok(reading.kind === 'read')
    assert.deepEqual(reading.config.limits, {
      exemptNetworks: ['203.0.113.0/24', '2001:db8::/48', '198.51.100.7'],
      rules: { signUpsPerHourAndAddress: 500 },
    })
  })

  test('H-01 OA-27 http is refused for Taskr and for Attio, except on this machine', () => {
    for (const name of ['PUBLIC_URL', 'ATTIO_APP_URL', 'ATTIO_API_URL']) {
      assert.match(problemsOf({ ...good, [name]: 'http://taskr.example.com' }), /https/)
      assert.match(problemsOf({ ...good, NODE_ENV: '', [name]: 'http://10.0.0.8' }), /https/)
      assert.equal(problemsOf({ ...good, [name]: 'http://localhost:3050' }), '')
    }
  })

  test('OA-28 an Attio address must be an origin and nothing more', () => {
    for (const address of [
      'https://app.attio.com/x',
      'https://user@app.attio.com',
      'https://app.attio.com/?a',
      'ftp://app.attio.com',
      'app.attio.com',
      'http://localhost.example.com',
    ]) {
      assert.match(problemsOf({ ...good, ATTIO_APP_URL: address }), /^ATTIO_APP_URL must be/)
    }
  })

  test('in development the public address and the database file have defaults', () => {
    const reading = readConfig({
      ...good,
      NODE_ENV: undefined,
      PUBLIC_URL: '',
      DATABASE_URL: '',
      PORT: '4000',
    })
    assert.ok(reading.kind === 'read')
    assert.equal(reading.config.publicUrl.origin, 'http://localhost:4000')
    assert.equal(reading.config.databaseUrl, 'file:./data/taskr.db')
  })
})

function problemsOf(environment: Environment): string {
  const reading = readConfig(environment)
  return reading.kind === 'read' ? '' : reading.problems.join('\n')
}
