// The decision records have a number each, and every link to one leads there.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { suite, test } from 'node:test'

const root = resolve(import.meta.dirname, '..')
const folder = join(root, 'docs/decisions')

suite('decision records', () => {
  test('each record has a number of its own, which its heading repeats', async () => {
    const names = (await readdir(folder)).toSorted()
    const numbers = names.map((name) => Number(name.slice(0, 4)))
    assert.deepEqual(
      numbers.filter((number, at) => numbers.indexOf(number) !== at),
      [],
    )
    for (const [at, name] of names.entries()) {
      const [heading = ''] = (await readFile(join(folder, name), 'utf8')).split('\n', 1)
      assert.match(heading, new RegExp(`^# ${numbers[at]}\\. `), name)
    }
  })

  test('every link to one names its file and number', async () => {
    const known = new Set(await readdir(folder))
    const documents = await Promise.all(
      ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].map(
        async (name) => [name, await readFile(join(root, name), 'utf8')] as const,
      ),
    )
    for (const [name, text] of documents) {
      for (const [link, words = '', file = ''] of text.matchAll(
        /\[([^\]]*\d+)\]\([\w/]*decisions\/([\w-]+\.md)\)/g,
      )) {
        assert.ok(known.has(file), `${name}: ${link}`)
        assert.match(words, new RegExp(`\\b${Number(file.slice(0, 4))}$`), `${name}: ${link}`)
      }
    }
  })
})
