import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindsOfElements } from './page-outline.ts'

test('rows that differ in their texts, IDs, days, addresses and keys are of one kind', () => {
  const row = (words: string, id: string, port: number): string =>
    `<li class="task" id="${id}" data-members="${id} ${id}" data-day="2026-11-0${port % 9}">` +
    `<a class="record" href="/${id}" data-attio="http://localhost:${port}/acme" data-key="${words[0]}">${words}</a></li>`
  const kinds = kindsOfElements(row('Call Grace', '00000003-0000-4000-8001-000000000001', 17_337))
  assert.equal(kinds.size, 2)
  assert.deepEqual(
    kindsOfElements(row('Oil the hinges', '0190a5d0-0000-7000-8000-00000000000f', 30_705)),
    kinds,
  )
})

for (const [difference, one, other] of [
  ['class', '<p class="task">', '<p class="task done">'],
  ['state', '<p data-state="fresh">', '<p data-state="stale">'],
  ['type', '<input type="text">', '<input type="email">'],
  ['role', '<p role="alert">', '<p role="status">'],
  ['current page', '<a href="/" aria-current="page">', '<a href="/" aria-current="true">'],
  ['attribute', '<input required>', '<input>'],
  ['parent', '<main><p>', '<form><p>'],
] as const) {
  test(`elements with another ${difference} are of different kinds`, () => {
    assert.notDeepEqual(kindsOfElements(one), kindsOfElements(other))
  })
}
