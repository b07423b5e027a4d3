import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { html } from './html.ts'

suite('a page', () => {
  test('is sent without the indents of its source, and with every blank between words', async () => {
    const source = '<p\n  class="a"\n  >\n  one\n  two <b>|</b> <i\n  >four</i\n  >\n</p>'
    assert.equal(
      await pageOf(source, 'three'),
      '<p\nclass="a">\none\ntwo <b>three</b> <i>four</i>\n</p>',
    )
  })

  test('keeps every blank and line of what is put into it', async () => {
    const text = ' one\n\n    two  \n  > three'
    const written = text.replace('>', '&gt;')
    assert.equal(
      await pageOf('  <textarea>\n|</textarea>', text),
      `  <textarea>\n${written}</textarea>`,
    )
  })
})

/** A template as it would stand in a view, with the value where the bar is. Here no formatter touches it. */
async function pageOf(source: string, value: string): Promise<string> {
  const strings = source.split('|')
  return String(await html(Object.assign(strings, { raw: strings }), value))
}
