import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBytePlaces, encodedSections, htmlOf } from './byte-places.ts'
import { html } from '../ui/html.ts'

const key = 'unguessable'

function sectionsOf(text: string, lists: readonly (readonly Uint8Array[])[]): readonly string[] {
  return encodedSections(text, key, lists).map(String)
}

test('a page has its bytes in their places, and is cut at its keys', () => {
  const places = createBytePlaces(key)
  const rows = ['<li>é</li>', '<li>😀</li>'].map((row) => Buffer.from(row))
  const page = html`<ol>
      ${places.put(rows)}
    </ol>
    <input value="${key}" />
    <ol>
      ${places.put([])}
    </ol>`
  const text = String(page)
  const sections = sectionsOf(text, places.lists)
  assert.equal(sections.length, 2)
  const asText = html`<ol>
      ${htmlOf(rows)}
    </ol>
    <input value="${key}" />
    <ol>
      ${htmlOf([])}
    </ol>`
  assert.deepEqual(sections.join(key), String(asText))
})

test('text that looks like a place stays text', () => {
  const places = createBytePlaces(key)
  const place = String(places.put([Buffer.from('<b>')]))
  const text = [' list 0;', place, ' list 0; list 1;'].join('')
  assert.deepEqual(sectionsOf(text, places.lists), [' list 0;<b> list 0; list 1;'])
  assert.deepEqual(sectionsOf(`a${key} list 7;b`, places.lists), ['a', ' list 7;b'])
})
