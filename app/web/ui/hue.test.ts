import assert from 'node:assert/strict'
import { test } from 'node:test'
import { workspaceHues } from './hue.ts'

const named = (...ids: readonly string[]) => ids.map((connectionId) => ({ connectionId }))
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'q', 'y']

test('each of eight workspaces has its own colour, in any order', () => {
  // Hashed alone, these ids would share a colour.
  const hues = workspaceHues(named('i', 'a', 'q', 'i', 'y'))
  assert.equal(new Set(hues.values()).size, 4)
  assert.deepEqual(workspaceHues(named('y', 'q', 'a', 'i')), hues)
  assert.equal(new Set(workspaceHues(named(...letters.slice(0, 8))).values()).size, 8)
})

test('a workspace keeps its colour when more workspaces than colours are connected', () => {
  const all = workspaceHues(named(...letters))
  for (const count of letters.keys()) {
    const before = workspaceHues(named(...letters.slice(0, count)))
    for (const [id, hue] of before) assert.equal(all.get(id), hue)
  }
})
