import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createLocalAttio } from '@taskr/local-attio'
import { usage } from '../src/cli-options.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the README’s first test equals the tested example', () => {
  const example = readFileSync(new URL('oauth.test.mjs', import.meta.url), 'utf8')
  assert.ok(readme.includes(`<!-- example/oauth.test.mjs -->\n\n\`\`\`js\n${example}\`\`\``))
})

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
