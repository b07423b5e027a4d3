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
