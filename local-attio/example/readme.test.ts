import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { createLocalAttio } from '@taskr/local-attio'
import { usage } from '../src/cli-options.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

const shownWhole = Array.from(
  readme.matchAll(/<!-- example\/(\S+) -->\n\n```\w+\n([^]*?)```/g),
  ([, file = '', code = '']) => ({ file, code }),
)

suite('the README shows the tested examples', () => {
  test('the examples of node:test, pytest, RSpec and Go are shown as they are', () => {
    assert.equal(shownWhole.length, 4)
    for (const { file, code } of shownWhole) assert.equal(code, example(file), file)
  })

  for (const [file, start] of [
    ['jest/tasks.test.mjs', 'const attio = createLocalAttio('],
    ['vitest/tasks.test.mjs', 'const attio = createLocalAttio('],
    ['playwright/connect.spec.mjs', 'await page'],
  ] as const) {
    test(`lines of ${file}`, () => {
      const [shown = ''] = readme.split('```js\n').filter((block) => block.startsWith(start))
      const tested = trimmedLines(example(file))
      const lines = trimmedLines(shown.split('```')[0] ?? '')
      assert.ok(lines.length > 0)
      assert.deepEqual(
        lines.filter((line) => !tested.includes(line)),
        [],
      )
    })
  }
})

function example(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
}

function trimmedLines(code: string): string[] {
  return code
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

test('the control API answers every request in the README’s table', async () => {
  const attio = createLocalAttio()
  const rows = Array.from(readme.matchAll(/^\| `(GET|PUT|POST|PATCH|DELETE) (\/_control\S*)`/gm))
  assert.equal(rows.length, 36)
  for (const [, method = '', path = ''] of rows) {
    const url = `${attio.origin}${path.replace(':number', '1')}`
    const response = await attio.fetch(url, { method })
    assert.doesNotMatch(await response.text(), /There is no (GET|PUT|POST|PATCH|DELETE)/, path)
  }
  attio.close()
})

test('the README’s faults and edits work as documented', async () => {
  const attio = createLocalAttio()
  attio.control.faults.add({ path: '/v2/tasks', count: 3, answer: { status: 429 } })
  for (const status of [429, 429, 429, 401]) {
    assert.equal((await attio.fetch(`${attio.origin}/v2/tasks`)).status, status)
  }
  const { clientId } = attio.registerApp({ name: 'My app', redirectUris: [], scopes: [] })
  attio.issueAccessToken({ clientId, workspace: 'acme', memberEmail: 'dana@acme.example' })
  const ada = attio.control.as({ member: 'ada@acme.example', workspace: 'acme' })
  const task = ada.addTask({ content: 'Call Grace' })
  assert.equal(ada.completeTask(task.id).isCompleted, true)
  attio.control.removeApp(clientId, 'acme')
  assert.equal(attio.control.world.accessTokens.size, 0)
  attio.close()
})

test('the README’s table and the usage text have the same options', () => {
  const options = (text: string) => new Set(text.match(/(?<=^(?:\| `|  ))--[\w-]+/gm))
  assert.deepEqual(options(readme), options(usage.replace(/^  --help.*$/m, '')))
})
