// Checks docs/asvs.md: every requirement of the two chapters has a row, and every row names tests or decisions that exist.
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { suite, test } from 'node:test'

const root = resolve(import.meta.dirname, '..')
const page = 'docs/asvs.md'

/** How many requirements of levels 1 and 2 each section begins with; those of level 3 come last in each. */
const sections: readonly (readonly [section: string, count: number])[] = [
  ['6.1', 3],
  ['6.2', 12],
  ['6.3', 4],
  ['6.4', 4],
  ['6.5', 5],
  ['6.6', 3],
  ['6.8', 4],
  ['7.1', 3],
  ['7.2', 4],
  ['7.3', 2],
  ['7.4', 5],
  ['7.5', 2],
  ['7.6', 2],
]

suite('the ASVS page', () => {
  const text = readFileSync(join(root, page), 'utf8')
  const rows = [...text.matchAll(/^\| (\d\.\d\.\d+) +\|[^|]*\| (.*?) +\|$/gm)].map(
    ([, item = '', shown = '']) => ({ item, shown }),
  )

  test('every requirement of levels 1 and 2 of chapters 6 and 7 has one row, in order', () => {
    const items = sections.flatMap(([section, count]) =>
      Array.from({ length: count }, (_, at) => `${section}.${at + 1}`),
    )
    assert.deepEqual(
      rows.map(({ item }) => item),
      items,
    )
  })

  test('every row names a test or a decision', () => {
    const empty = rows.filter(({ shown }) => testsIn(shown).length + linksIn(shown).length === 0)
    assert.deepEqual(empty, [])
  })

  test('every test that a row names exists', () => {
    const titles = titlesOfTests()
    const missing = rows.flatMap(({ item, shown }) =>
      testsIn(shown).flatMap((title) => (titles.has(title) ? [] : [`${item}: ${title}`])),
    )
    assert.deepEqual(missing, [])
    assert.ok(rows.some(({ shown }) => testsIn(shown).length > 0))
  })

  test('every page that a row names exists, and a decision that stands alone has a date', () => {
    for (const { item, shown } of rows) {
      for (const link of linksIn(shown)) {
        const exists = link.startsWith('#')
          ? text.includes(`\n## ${link.slice(1).replaceAll('-', ' ').replace(/^w/, 'W')}\n`)
          : existsSync(join(root, dirname(page), link))
        assert.ok(exists, `${item}: ${link}`)
      }
      const isShown = testsIn(shown).length > 0 || shown.includes('(#')
      if (!isShown) assert.match(shown, /\), \d{1,2} [A-Z][a-z]+ \d{4}/, item)
    }
  })
})

function testsIn(shown: string): readonly string[] {
  return [...shown.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title)
}

function linksIn(shown: string): readonly string[] {
  return [...shown.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
}

function titlesOfTests(): ReadonlySet<string> {
  const texts = globSync('{app,attio,local-attio,testing,e2e,endurance,tools}/**/*.test.ts', {
    cwd: root,
  })
    .filter((file) => !file.includes('node_modules'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
  const titles = texts.flatMap((code) => [
    ...code.matchAll(/(?:\b(?:test|journey)\(|^\s*\[)\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1,/gm),
  ])
  return new Set(titles.map(([, , title = '']) => title.replaceAll(/\\(.)/g, '$1')))
}
