// `node endurance/live-updates/run.ts`: measures how soon an open page shows an edit in Attio, and what a thousand open
// pages cost. Taskr, the local Attio, Chromium and this script are separate processes on one machine.
import { parseArgs } from 'node:util'
import { launchChromium } from '../../testing/browser/chromium.ts'
import { openAttioPages } from '../../testing/processes/attio-pages.ts'
import { measureStreams, type Cost } from './cost-of-streams.ts'
import { timeEdits } from './edits.ts'
import { inWords, quantilesOf } from './quantiles.ts'
import { startTwoProcesses } from '../../testing/processes/two-processes.ts'
import { settleIn } from '../../testing/browser/account-steps.ts'

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '200' },
    streams: { type: 'string', default: '1000' },
    idle: { type: 'string', default: '30' },
  },
})
const [edits, streams, idle] = [Number(values.edits), Number(values.streams), Number(values.idle)]

if (edits > 0) await printEdits()
if (streams > 0) await printStreams()

async function printEdits(): Promise<void> {
  await using processes = await startTwoProcesses()
  const chromium = await launchChromium()
  try {
    const page = await (await chromium.newContext({ baseURL: processes.taskr })).newPage()
    await settleIn(page)
    const times = await timeEdits(page, await openAttioPages(processes.attio), edits)
    const words = inWords(quantilesOf(times))
    console.log(`${times.length} edits in Attio, each until an open page shows it: ${words}`)
  } finally {
    await chromium.close()
  }
}

async function printStreams(): Promise<void> {
  await using processes = await startTwoProcesses()
  const cost = await measureStreams(processes, { streams, idleMs: idle * 1_000 })
  const { people, before, open, toldAllMs, idleShare } = cost
  const told = toldAllMs.map((ms) => `${ms.toFixed(0)} ms`).join(' and ')
  console.log(
    `
${cost.streams} open streams of ${people} people
           resident      heap   sockets   timers
  without  ${row(before)}
  open     ${row(open)}
  closed   ${row(cost.closed)}
  again    ${row(cost.closedAgain)}
  cost     ${megabytes(open.rss - before.rss)} resident, ${perStream(cost)} each; ${(idleShare * 100).toFixed(1)} % of one processor while nothing happens
  a change in a workspace reached its half of them within ${told}, and no other account`,
  )
}

function row({ rss, heapUsed, sockets, timers }: Cost['before']): string {
  const cells = [megabytes(rss), megabytes(heapUsed).padStart(8), String(sockets).padStart(8)]
  return [...cells, String(timers).padStart(7)].join('  ')
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function perStream({ open, before, ...cost }: Cost): string {
  return `${((open.rss - before.rss) / cost.streams / 1e3).toFixed(1)} kB`
}
