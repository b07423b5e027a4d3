// Measures how soon open pages show changes, with Taskr and Attio in separate processes. `node endurance/live-updates/run.ts`
// does the same at length.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchChromium } from '../../testing/browser/chromium.ts'
import { openAttioPages } from '../../testing/processes/attio-pages.ts'
import { measureStreams } from './cost-of-streams.ts'
import { timeEdits } from './edits.ts'
import { inWords, quantilesOf } from './quantiles.ts'
import { startTwoProcesses, type Held } from '../../testing/processes/two-processes.ts'
import { settleIn } from '../../testing/browser/account-steps.ts'

/** Taskr promises 300 ms on an idle machine; a second must hold on any machine. */
const seenWithinMs = 1_000

test('RL-16 an edit in Attio shows on an open page within a second', async (context) => {
  await using processes = await startTwoProcesses()
  const chromium = await launchChromium()
  context.after(() => chromium.close())
  const page = await (await chromium.newContext({ baseURL: processes.taskr })).newPage()
  await settleIn(page)
  const times = await timeEdits(page, await openAttioPages(processes.attio), 24)
  const quantiles = quantilesOf(times)
  context.diagnostic(inWords(quantiles))
  assert.ok(quantiles.p95 < seenWithinMs, inWords(quantiles))
})

test('RL-34 open streams cost little, a change reaches each stream of its workspace, and closed streams leave nothing behind', async (context) => {
  await using processes = await startTwoProcesses()
  const cost = await measureStreams(processes, { streams: 200, idleMs: 1_000 })
  const { before, open, closed, closedAgain, streams } = cost
  const perStream = (held: Held) => ({
    resident: (held.rss - before.rss) / streams,
    heap: (held.heapUsed - before.heapUsed) / streams,
  })
  const each = { open: perStream(open), closed: perStream(closed), again: perStream(closedAgain) }
  context.diagnostic(JSON.stringify(each))
  // A thousand streams take less than 100 MB.
  assert.ok(each.open.resident < 100_000 && each.open.heap < 100_000)
  assert.ok(each.again.heap < each.open.heap / 3)
  assert.ok(closedAgain.timers <= before.timers + 2, JSON.stringify({ before, closedAgain }))
})
