import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { suite, test } from 'node:test'

suite('a process that runs until a signal', () => {
  const started = `{ kind: 'started', stop: async () => { console.log('stopped') } }`

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`${signal} while it is starting stops what was started, and the code is 0`, async () => {
      const ran = await run(`console.log('starting'); await beat(); return ${started}`, signal)
      assert.deepEqual(ran, { code: 0, output: 'starting\nstopped\n', errors: '' })
    })
  }

  test('what keeps it from starting is a line each, and the code is 1, signal or not', async () => {
    const refused = `{ kind: 'refused', problems: ['One is missing.', 'Two is wrong.'] }`
    const lines = 'Taskr did not start:\n  One is missing.\n  Two is wrong.\n'
    const starting = `console.log('starting'); await beat(); return ${refused}`
    for (const signal of ['SIGINT', undefined] as const) {
      assert.deepEqual(await run(starting, signal), {
        code: 1,
        output: 'starting\n',
        errors: lines,
      })
    }
  })

  test('a fault that nobody expected is written down in full', async () => {
    const ran = await run(`throw new TypeError('that was a surprise')`)
    assert.equal(ran.code, 1)
    assert.match(ran.errors, /TypeError: that was a surprise\n\s+at /)
  })
})

/** Runs a process that starts with that code, and sends the signal as soon as it says something. */
async function run(
  start: string,
  signal?: NodeJS.Signals,
): Promise<{ code: number | null; output: string; errors: string }> {
  const module = JSON.stringify(new URL('./run.ts', import.meta.url).href)
  const code = `import { runUntilSignal } from ${module}
    const beat = () => new Promise((resolve) => { setTimeout(resolve, 100) })
    await runUntilSignal(async () => { ${start} })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code])
  const said = { output: '', errors: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said.output === '' && signal !== undefined) child.kill(signal)
    said.output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.errors += text
  })
  await once(child, 'close')
  return { code: child.exitCode, ...said }
}
