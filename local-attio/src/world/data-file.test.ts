import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createLocalAttio } from '../local-attio.ts'

test('only the owner can read the data file and its log, even if others could before', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'local-attio-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const data = join(folder, 'world.db')
  const modes = () => readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)

  const first = createLocalAttio({ data })
  assert.ok(modes().length >= 2)
  assert.deepEqual(new Set(modes()), new Set([0o600]))
  first.close()

  chmodSync(data, 0o644)
  const second = createLocalAttio({ data })
  assert.deepEqual(new Set(modes()), new Set([0o600]))
  second.close()
})
