import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { readCommand } from '../src/cli-options.ts'
import { createLocalAttio } from '../src/local-attio.ts'

// The JavaScript ones run with their own tools: npm run test:endurance -- local-attio-examples
suite('examples', () => {
  for (const file of ['pytest/test_tasks.py', 'go/attio_test.go', 'rspec/tasks_spec.rb']) {
    test(`the requests of ${file} list tasks`, async () => {
      const attio = createLocalAttio()
      const text = read(file)
      const [app = '', grant = ''] = text.match(/\{ "[^\n]*?\}(?=['`])/g) ?? []
      const [register, issue, list] = Array.from(
        text.matchAll(/"(PUT|POST|GET)", "(\/[^"]+)"/g),
        ([, method = '', path = '']) => ({ method, url: `${attio.origin}${path}` }),
      )
      assert.ok(register && issue && list)

      const registered = await attio.fetch(register.url, { method: register.method, body: app })
      const { clientId } = z.object({ clientId: z.string() }).parse(await registered.json())
      const body = grant.replace('%s', clientId)
      const issued = await attio.fetch(issue.url, { method: issue.method, body })
      const { accessToken } = z.object({ accessToken: z.string() }).parse(await issued.json())
      const headers = { authorization: `Bearer ${accessToken}` }
      const listed = await attio.fetch(list.url, { method: list.method, headers })
      const { data } = z.object({ data: z.array(z.unknown()) }).parse(await listed.json())
      assert.equal(data.length, 3)
      attio.close()
    })
  }

  for (const file of [
    'docker/compose.yaml',
    'ci/gitlab-ci.yml',
    'ci/github-actions.yml',
    'playwright/playwright.config.mjs',
  ]) {
    test(`local-attio accepts the command line in ${file}`, () => {
      const [, words = ''] =
        /local-attio((?: --?[\w-]+(?: (?!--)[\w.:/-]+)?)+)/.exec(read(file)) ?? []
      const apps = new URL('playwright/apps.json', import.meta.url).pathname
      const command = readCommand(words.trim().replace('apps.json', apps).split(' '))
      assert.equal(command.kind, 'start')
    })
  }

  test('the compose file lets callers in Docker’s own networks use the control API', () => {
    for (const file of ['docker/compose.yaml', 'ci/gitlab-ci.yml']) {
      assert.match(read(file), /--host 0\.0\.0\.0 --origin http:\/\/attio:3060/)
      assert.match(read(file), /--allow-control-from 172\.16\.0\.0\/12/)
    }
  })
})

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
}
