import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, suite, test } from 'node:test'
import { openKeyRing, replaceFile, statusPathOf } from './key-file.ts'
import { formatKey, type KeyRing } from './key-ring.ts'

suite('a key file', () => {
  const folders: string[] = []
  let path: string
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'taskr-keys-'))
    folders.push(folder)
    path = join(folder, 'keys')
    writeFileSync(path, formatKey('k1', randomBytes(32)), { mode: 0o600 })
  })
  afterEach(() => {
    for (const folder of folders.splice(0)) {
      chmodSync(folder, 0o700)
      rmSync(folder, { recursive: true })
    }
  })

  test('works on a read-only mount, where its report is left to the log, once', () => {
    const ring = openRing(path)
    makeReadOnly(path)
    assert.equal(ring.current.id, 'k1')
    assert.equal(ring.report?.({ k1: 3 }), 'not-stored')
    assert.equal(ring.report?.({ k1: 3 }), 'unchanged')
  })

  test('keeps its owner and mode when a key is added', () => {
    chmodSync(path, 0o640)
    // Only root may give a file away.
    const owner = userInfo().uid === 0 ? 65_534 : userInfo().uid
    chownSync(path, owner, userInfo().gid)
    replaceFile(path, formatKey('k2', randomBytes(32)))
    const { uid, mode } = statSync(path)
    assert.deepEqual([uid, mode & 0o777], [owner, 0o640])
    assert.match(readFileSync(path, 'utf8'), /^k2:/)
    assert.deepEqual(readdirSync(dirname(path)), ['keys'])
  })

  test('a report beside it is readable by its owner only', () => {
    assert.equal(openRing(path).report?.({ k1: 3 }), 'stored')
    assert.equal(statSync(statusPathOf(path)).mode & 0o777, 0o600)
  })
})

function openRing(path: string): KeyRing {
  const reading = openKeyRing(`file:${path}`)
  assert.ok(reading.kind === 'read')
  return reading.ring
}

/** Makes writing beside the file fail as on a read-only mount. */
function makeReadOnly(path: string): void {
  if (userInfo().uid !== 0) return chmodSync(dirname(path), 0o500)
  // Root may write anywhere but into the kernel's own file systems.
  symlinkSync('/sys/taskr-test', `${statusPathOf(path)}.next`)
}
