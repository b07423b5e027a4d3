// Runs test files in this process, one after the other: those that its parent names, until it names none. Loading Taskr
// takes longer than most tests, and a file may take longer than it did the last time.
//
// `node --test --test-isolation=none` starts to follow promises before skip-promise-tracking.ts is loaded, and takes a
// fixed list.
import { once } from 'node:events'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { endOfFile } from './result-reporter.ts'

const answerSchema = z.tuple([z.object({ path: z.string().optional() })])

async function nextPath(): Promise<string | undefined> {
  const answered = once(process, 'message')
  process.send?.('next')
  const [{ path }] = answerSchema.parse((await answered).slice(0, 1))
  return path
}

function endWithParent(): void {
  process.exit(1)
}

process.once('disconnect', endWithParent)
// A test may wait for nothing that keeps a process running.
process.channel?.ref()
for (let path = await nextPath(); path !== undefined; path = await nextPath()) {
  await import(resolve(path))
  // The runner starts a test when those before it have ended.
  await test(`${endOfFile}${path}`, () => {})
}
process.off('disconnect', endWithParent)
process.disconnect?.()
