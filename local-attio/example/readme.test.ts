import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createLocalAttio } from '@taskr/local-attio'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the README’s example is the one that is type-checked and run here', () => {
  const example = readFileSync(new URL('oauth.test.ts', import.meta.url), 'utf8')
  assert.ok(readme.includes(`<!-- example/oauth.test.ts -->\n\n\`\`\`ts\n${example}\`\`\``))
})

test('every request in the README’s table is answered', async () => {
  const attio = createLocalAttio()
  const rows = Array.from(readme.matchAll(/^\| `(GET|PUT|POST|DELETE) (\/_control\S*)`/gm))
  assert.equal(rows.length, 22)
  for (const [, method = '', path = ''] of rows) {
    const url = `${attio.origin}${path.replace(':number', '1')}`
    const response = await attio.fetch(url, { method })
    assert.doesNotMatch(await response.text(), /There is no (GET|PUT|POST|DELETE)/, path)
  }
  attio.close()
})

test('the README’s other claims hold', async () => {
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
  for (const [, address = ''] of readme.matchAll(/\]\((?!http)([^)]+)\)/g)) {
    assert.ok(readFileSync(new URL(`../${address}`, import.meta.url), 'utf8').length > 0, address)
  }
  attio.close()
})
