import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { findUnsafeSettings } from './unsafe-settings.ts'

const production = { NODE_ENV: 'production' }

suite('settings that are unsafe in production', () => {
  test('an unknown NODE_ENV is refused, and a known one or none is accepted', () => {
    for (const mode of ['prod', 'Production', 'staging', ' production']) {
      assert.match(findUnsafeSettings({ NODE_ENV: mode }).join(), /^NODE_ENV must be/, mode)
    }
    for (const mode of ['production', 'development', 'test', '', undefined]) {
      assert.deepEqual(findUnsafeSettings({ NODE_ENV: mode }), [])
    }
  })

  test('NODE_TLS_REJECT_UNAUTHORIZED=0 is refused in production only', () => {
    const off = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }
    assert.match(findUnsafeSettings({ ...production, ...off }).join(), /must not be 0/)
    assert.deepEqual(findUnsafeSettings(off), [])
  })

  for (const url of [
    'postgres://taskr@db/taskr',
    'postgresql://taskr:canary@10.0.0.8:5432/taskr',
    'postgres://taskr@db/taskr?sslmode=disable',
    'postgres://taskr@localhost,db/taskr',
    'postgres://taskr@db/taskr?sslmode=prefer',
  ]) {
    test(`${url.replace('canary', '…')} is refused in production: it has no TLS`, () => {
      const problems = findUnsafeSettings({ ...production, DATABASE_URL: url }).join()
      assert.match(problems, /^DATABASE_URL must have sslmode=verify-full/)
      assert.doesNotMatch(problems, /canary/)
    })
  }

  for (const url of [
    'postgres://taskr@db/taskr?sslmode=verify-full',
    'postgres://taskr@127.0.0.1/taskr',
    'postgres://taskr@localhost:5432/taskr',
    'postgres:///taskr?host=/var/run/postgresql',
    'file:./data/taskr.db',
  ]) {
    test(`${url} is accepted in production`, () => {
      assert.deepEqual(findUnsafeSettings({ ...production, DATABASE_URL: url }), [])
    })
  }

  test('TASKR_LIMIT_EXEMPT must not exempt strangers in production', () => {
    for (const network of [
      '0.0.0.0/0',
      '203.0.113.7/0',
      '::/0',
      '0.0.0.0/1, 128.0.0.0/1',
      '10.0.0.0/7',
      '2000::/3',
      '::ffff:0:0/96',
      '::ffff:0.0.0.0/97',
      '203.0.113.0/24,::0/00',
    ]) {
      const environment = { ...production, TASKR_LIMIT_EXEMPT: network }
      assert.match(
        findUnsafeSettings(environment).join(),
        /^TASKR_LIMIT_EXEMPT has a range/,
        network,
      )
      assert.deepEqual(findUnsafeSettings({ TASKR_LIMIT_EXEMPT: network }), [])
    }
    for (const networks of [
      '',
      '203.0.113.0/24, 2001:db8::/48,198.51.100.7',
      '10.0.0.0/8, 172.16.0.0/12',
      'fc00::/7',
      'fd00::/8',
      '2001:db8::/32',
      '::ffff:10.0.0.0/104',
      '::1',
    ]) {
      const environment = { ...production, TASKR_LIMIT_EXEMPT: networks }
      assert.deepEqual(findUnsafeSettings(environment), [], networks)
    }
  })

  test('a key file that others can read or change is refused in production only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'taskr-keys-'))
    const path = join(folder, 'keys')
    writeFileSync(path, 'canary')
    const TASKR_KEYS = `file:${path}`
    for (const mode of [0o644, 0o604, 0o660, 0o602, 0o666, 0o601]) {
      chmodSync(path, mode)
      const problems = findUnsafeSettings({ ...production, TASKR_KEYS }).join()
      assert.match(problems, /^TASKR_KEYS names a file that others can read/, mode.toString(8))
      assert.doesNotMatch(problems, /canary/)
      assert.deepEqual(findUnsafeSettings({ TASKR_KEYS }), [])
    }
    for (const mode of [0o600, 0o400, 0o640, 0o440]) {
      chmodSync(path, mode)
      assert.deepEqual(findUnsafeSettings({ ...production, TASKR_KEYS }), [], mode.toString(8))
    }
    rmSync(folder, { recursive: true })
  })
})
