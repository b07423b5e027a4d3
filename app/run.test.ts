import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { suite, test } from 'node:test'

suite('a process that runs until a signal', () => {
  const started = `{ kind: 'started', stop: async () => { console.log('stopped') } }`

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`${signal} during the start stops the started parts, and the exit code is 0`, async () => {
      const ran = await run(`console.log('starting'); await beat(); return ${started}`, signal)
      assert.deepEqual(ran, { code: 0, output: 'starting\nstopped\n', errors: '' })
    })
  }

  test('each problem that prevents the start is one line, and the exit code is 1, with or without a signal', async () => {
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

  test('an unexpected error is logged in full', async () => {
    const ran = await run(`throw new TypeError('that was a surprise')`)
    assert.equal(ran.code, 1)
    assert.match(ran.errors, /TypeError: that was a surprise\n\s+at /)
  })
})

suite('a process with an unexpected failure', () => {
  const started = `{ kind: 'started', stop: async () => { await beat(); console.log('stopped') } }`

  for (const [what, failure] of [
    ['an error outside of every request', `throw new TypeError('a surprise')`],
    ['an unhandled rejection', `void Promise.reject(new TypeError('a surprise'))`],
    [
      'an error after an error',
      `setTimeout(() => { throw new Error('once more') }); throw new TypeError('a surprise')`,
    ],
  ]) {
    test(`RL-36 H-11 ${what} is logged, requests under way are finished, and the exit code is 1`, async () => {
      const ran = await run(`setTimeout(() => { ${failure} }, 20); return ${started}`)
      assert.equal(ran.code, 1)
      assert.equal(ran.output, 'stopped\n')
      assert.match(ran.errors, /TypeError: a surprise\n\s+at /)
    })
  }

  test('H-11 only the message and the stack of an error are printed: its other properties may hold people’s input', async () => {
    const error = `Object.assign(new Error('a surprise'), { detail: 'canary-4711', parameters: ['canary-4711'] })`
    const ran = await run(`setTimeout(() => { throw ${error} }, 20); return ${started}`)
    assert.doesNotMatch(ran.errors, /canary-4711'/)
    assert.doesNotMatch(ran.output, /canary/)
  })
})

/** Runs a process that starts with that code, and sends the signal at its first output. */
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
