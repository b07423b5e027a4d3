// Measures the memory and processor use of open event streams, which streams a change reaches, and the memory that
// remains after they are closed.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { standard } from '@taskr/local-attio'
import type { Browser } from '../../testing/in-process/http-browser.ts'
import { openAttioPages, type AttioPages } from '../../testing/processes/attio-pages.ts'
import {
  connectPerson,
  openStreams,
  until,
  type Streams,
} from '../../testing/processes/event-streams.ts'
import type { Held, TwoProcesses } from '../../testing/processes/two-processes.ts'

export interface Cost {
  readonly streams: number
  readonly people: number
  readonly before: Held
  readonly open: Held
  readonly closed: Held
  /** The memory after a second round: growth since the first round is a leak. */
  readonly closedAgain: Held
  /** The times from Attio's answer until the last stream of the workspace, half of all streams, got the change. */
  readonly toldAllMs: readonly number[]
  /** The share of one processor used while idle. */
  readonly idleShare: number
}

const warmUpEach = 10
/** The most streams that Taskr allows per account. */
export const streamsEach = 50

/** Measures open streams; half of the people have one workspace, half the other. */
export async function measureStreams(
  processes: TwoProcesses,
  options: { readonly streams: number; readonly idleMs: number },
): Promise<Cost> {
  const { taskr, attio: url, held } = processes
  const { acme, globex } = standard.workspaces
  const attio = await openAttioPages(url)
  const inGlobex = await openAttioPages(url, standard.people.ada, globex.slug)
  const people = Math.ceil(options.streams / streamsEach)
  const connected: Browser[] = []
  for (let number = 0; number < people; number++) {
    const workspaceId = number % 2 === 0 ? acme.id : globex.id
    const who = { username: `person-${number}`, workspaceId }
    connected.push(await connectPerson(taskr, attio, who))
  }
  const ofAcme = connected.filter((_, number) => number % 2 === 0)
  const ofGlobex = connected.filter((_, number) => number % 2 === 1)
  // Starts a fresh process, because memory used for hashing passwords is freed at unpredictable times.
  await processes.restartTaskr()
  await warmUp(taskr, ofAcme, attio)
  await warmUp(taskr, ofGlobex, inGlobex)

  const before = await held()
  const [first, second] = [
    await openStreams(taskr, ofAcme, streamsEach),
    await openStreams(taskr, ofGlobex, streamsEach),
  ]
  const startedAt = performance.now()
  const { cpuMs } = await held()
  await sleep(options.idleMs)
  const open = await held()
  const idleShare = (open.cpuMs - cpuMs) / (performance.now() - startedAt)
  const toldAllMs = [
    await timeTelling(attio, first, second),
    await timeTelling(inGlobex, second, first),
  ]
  const close = async (...all: readonly Streams[]): Promise<Held> => {
    await Promise.all(all.map((streams) => streams.close()))
    await until(async () => (await held()).sockets <= before.sockets)
    return await held()
  }
  const closed = await close(first, second)
  const closedAgain = await close(await openStreams(taskr, connected, streamsEach))
  const streams = first.count + second.count
  return { streams, people, before, open, closed, closedAgain, toldAllMs, idleShare }
}

async function timeTelling(attio: AttioPages, those: Streams, others: Streams): Promise<number> {
  those.forgetTold()
  others.forgetTold()
  await attio.addTask({ content: 'Who hears of this?' })
  const answeredAt = performance.now()
  await until(() => those.told() === those.count)
  assert.equal(others.told(), 0)
  return performance.now() - answeredAt
}

/** Runs all of the code once, and waits until every webhook exists. */
async function warmUp(taskr: string, people: readonly Browser[], attio: AttioPages): Promise<void> {
  for (const person of people) await person.get('/')
  const streams = await openStreams(taskr, people, warmUpEach)
  let number = 0
  await until(async () => {
    streams.forgetTold()
    await attio.addTask({ content: `Is anybody there? ${(number += 1)}` })
    await sleep(500)
    return streams.told() === streams.count
  })
  await streams.close()
}
