import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTrace } from './read-trace.ts'

const wal = '12</data/taskr.db-wal>'

test('RL-20 an answer sent before its fsync is found, even when the trace splits a call', () => {
  const honest = [
    `10 pwrite64(${wal}, "x", 24, 0) = 24`,
    `10 fdatasync(${wal} <unfinished ...>`,
    '11 write(9</data/other>, "y", 1) = 1',
    '10 <... fdatasync resumed>) = 0',
    '10 write(1</dev/null>, "7\\n", 2) = 2',
  ]
  assert.deepEqual(readTrace(honest), { acknowledged: 1, syncs: 1, early: 0 })
  const early = [honest[0] ?? '', honest[4] ?? '', ...honest.slice(1, 4)]
  assert.deepEqual(readTrace(early), { acknowledged: 1, syncs: 1, early: 1 })
  const memoryOnly = ['10 pwrite64(13</data/taskr.db-shm>, "x", 24, 0) = 24', honest[4] ?? '']
  assert.equal(readTrace(memoryOnly).early, 0)
})
