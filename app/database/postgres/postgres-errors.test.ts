import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { TimeLimitError } from './time-limit.ts'
import { describePostgresError, isPostgresOutage } from './postgres-errors.ts'

suite('errors of PostgreSQL', () => {
  for (const [what, error] of [
    ['a refused connection', coded('ECONNREFUSED')],
    ['several refused addresses', new AggregateError([coded('ECONNREFUSED'), coded('EACCES')])],
    ['a full disk', coded('53100')],
    ['too many connections', coded('53300')],
    ['a server that shuts down', coded('57P01')],
    ['a statement over its time limit', coded('57014')],
    ['a lock that is not freed', coded('55P03')],
    ['a server that became read-only', coded('25006')],
    ['a damaged page', coded('XX001')],
    ['a silent network', new TimeLimitError('a query took over 9000 ms')],
    ['a connection that broke', new Error('Connection terminated unexpectedly')],
    ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
  ] as const) {
    test(`${what} is an outage`, () => assert.equal(isPostgresOutage(error), true))
  }

  for (const [what, error] of [
    ['a violated constraint', coded('23505')],
    ['a mistake in the SQL', coded('42601')],
    ['a mistake in the code', new TypeError('x is not a function')],
  ] as const) {
    test(`${what} is not an outage`, () => assert.equal(isPostgresOutage(error), false))
  }

  test('a PgBouncer that refuses the time limits is told apart, with the setting that it needs', () => {
    const refused = new Error('unsupported startup parameter: statement_timeout')
    const described = describePostgresError(refused, 'db:6432/taskr')
    assert.equal(described?.code, 'refused')
    assert.match(described?.message ?? '', /ignore_startup_parameters = .*statement_timeout/)
  })
})

function coded(code: string): Error {
  return Object.assign(new Error('failed'), { code })
}
