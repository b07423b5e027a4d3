import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { html } from './html.ts'

suite('a page', () => {
  test('a page is sent without its source’s indents, but with every space between words', async () => {
    const source = '<p\n  class="a"\n  >\n  one\n  two <b>|</b> <i\n  >four</i\n  >\n</p>'
    assert.equal(
      await pageOf(source, 'three'),
      '<p\nclass="a">\none\ntwo <b>three</b> <i>four</i>\n</p>',
    )
  })

  test('a page keeps all whitespace of inserted values', async () => {
    const text = ' one\n\n    two  \n  > three'
    const written = text.replace('>', '&gt;')
    assert.equal(
      await pageOf('  <textarea>\n|</textarea>', text),
      `  <textarea>\n${written}</textarea>`,
    )
  })

  test('text is escaped once, wherever it stands, and HTML is not escaped again', async () => {
    const text = `<b>&"'`
    const written = '&lt;b&gt;&amp;&quot;&#39;'
    const inner = html`<i>${text}</i>`
    assert.equal(
      String(html`${text} ${[text, [inner, 1]]} ${inner}`),
      `${written} ${written}<i>${written}</i>1 <i>${written}</i>`,
    )
  })

  test('a value that is missing, null or a boolean stands for nothing', () => {
    const nothing = [undefined, null, true, false, [], '']
    assert.equal(String(html`<p>${nothing}${undefined}${null}${true}</p>`), '<p></p>')
  })

  test('an object that is not HTML is refused', () => {
    for (const value of [{}, Promise.resolve('a'), Object('<b>'), new Date(0)]) {
      assert.throws(() => html`<p>${value}</p>`, TypeError)
    }
  })
})

/** Builds a template as in a view, with the value at the bar, out of the formatter's reach. */
async function pageOf(source: string, value: string): Promise<string> {
  const strings = source.split('|')
  return String(html(Object.assign(strings, { raw: strings }), value))
}
