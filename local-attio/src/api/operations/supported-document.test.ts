import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { operationEntries } from './operations.ts'
import { documentedCount, supportedDocument } from './supported-document.ts'
import { unsupportedOperations } from './unsupported.ts'

test('SUPPORTED.md matches the list of operations', () => {
  const written = readFileSync(new URL('../../../SUPPORTED.md', import.meta.url), 'utf8')
  assert.equal(written, supportedDocument(), 'Run: node local-attio/tools/write-supported.ts')
})

test('no operation is listed twice, or as both supported and unsupported', () => {
  const supported = operationEntries.map(([, one]) => `${one.method} ${one.path}`)
  const all = [...supported, ...unsupportedOperations.map((one) => one.join(' '))]
  assert.equal(new Set(all).size, all.length)
})

test('every operation of the document is supported', () => {
  const documented = operationEntries.filter(([, one]) => !('since' in one))
  assert.equal(documented.length, documentedCount)
})
