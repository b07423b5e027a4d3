import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { createTestAttio } from '../for-tests.ts'
import { hostileNames } from '../pages/for-tests/hostile-texts.ts'
import { curlOf } from './curl.ts'

test('a command copied from the journal runs only curl', async () => {
  const attio = createTestAttio()
  const texts = [...hostileNames, `'; echo broken out; '`, '$(id)', '`id`', 'a\\', "it's", 'a\nb']
  for (const text of texts) {
    attio.control.journal.clear()
    const body = JSON.stringify({ data: { content: text } })
    await attio.fetch(`${attio.origin}/v2/tasks?q=${encodeURIComponent(text)}&p=it's`, {
      method: 'POST',
      headers: { 'x-note': encodeURIComponent(text), authorization: `Bearer ${attio.token}` },
      body,
    })
    const [entry] = attio.control.journal.entries()
    assert.ok(entry)
    const command = curlOf(entry, attio.origin)
    assert.ok(!command.includes(attio.token))
    // The shell itself reports the words it parses.
    const shell = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${command}`
    const words = execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).split('\0')
    assert.deepEqual(words.slice(0, 2), ['-X', 'POST'])
    assert.equal(words.at(-2), body)
  }
})
