// The Dockerfile, by the rules that a container linter checks. That what it copies is enough, a test of processes shows.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { suite, test } from 'node:test'

const root = resolve(import.meta.dirname, '..')
const instructions = readFileSync(join(root, 'Dockerfile'), 'utf8')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\s*\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line !== '')
const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')))

function argumentsOf(name: string, lines = last): string[] {
  return lines
    .filter((line) => line.startsWith(`${name} `))
    .map((line) => line.slice(name.length + 1))
}

suite('the Dockerfile', () => {
  test('every stage starts from a release of Node with a pinned major version', () => {
    for (const image of argumentsOf('FROM', instructions)) {
      assert.match(image, /^node:26-slim( AS \w+)?$/)
    }
  })

  test('Taskr runs as a numbered user without rights, and receives signals itself', () => {
    const [user = ''] = argumentsOf('USER')
    assert.match(user, /^[1-9]\d+:[1-9]\d+$/)
    assert.deepEqual(argumentsOf('CMD'), ['["node", "app/main.ts"]'])
    assert.deepEqual(argumentsOf('ENTRYPOINT'), [])
  })

  test('the health check runs a file that the image holds', () => {
    const [check = ''] = argumentsOf('HEALTHCHECK')
    const [, file = ''] = check.match(/CMD \["node", "([^"]+)"\]$/) ?? []
    assert.ok(existsSync(join(root, file)), check)
    const copied = argumentsOf('COPY').map((paths) => paths.split(' ').at(-1))
    assert.ok(copied.includes(file.split('/')[0]))
  })

  test('no layer holds a secret, a file from elsewhere or a shell that is not asked for', () => {
    assert.deepEqual(argumentsOf('ADD', instructions), [])
    assert.deepEqual(argumentsOf('ARG', instructions), [])
    for (const line of argumentsOf('ENV', instructions)) {
      assert.doesNotMatch(line, /KEY|SECRET|TOKEN|PASSWORD|DATABASE_URL/)
    }
    for (const line of argumentsOf('RUN', instructions)) {
      assert.doesNotMatch(line, /\bsudo\b|\bcurl\b|\bwget\b|\bcd\b|apt-get upgrade/)
    }
  })

  test('memory of hashed passwords goes back to the system, in the image and in the systemd unit', () => {
    const setting = 'MALLOC_MMAP_THRESHOLD_=1000000'
    assert.ok(argumentsOf('ENV').includes(setting))
    const unit = readFileSync(join(root, 'deploy/taskr.service'), 'utf8').split('\n')
    assert.ok(unit.includes(`Environment=${setting}`))
  })

  test('every copied path is there, and none leaves the repository', () => {
    const sources = argumentsOf('COPY', instructions)
      .filter((line) => !line.startsWith('--from='))
      .flatMap((line) => line.split(' ').slice(0, -1))
    assert.ok(sources.length > 5)
    for (const source of sources) assert.ok(existsSync(join(root, source)), source)
  })
})
