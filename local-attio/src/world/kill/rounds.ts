// Kills a local Attio many times during its writes, and checks its data file: it must hold every
// answered write, and no write that was not requested.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { allScopes } from '../../api/access/scopes.ts'
import { createLocalAttio, type LocalAttio } from '../../local-attio.ts'
import { standard } from '../../seed/standard.ts'
import { createWriter, type KnownTask, type Writer } from './writer.ts'

export type KillReport = {
  readonly kills: number
  /** Writes that were answered. */
  readonly answered: number
  /** Writes in flight when the process died, some of which had taken effect. */
  readonly unanswered: number
  readonly unansweredDone: number
}

/** Throws an AssertionError when an answered write is missing. */
export async function killAgainAndAgain(kills: number): Promise<KillReport> {
  const directory = mkdtempSync(join(tmpdir(), 'local-attio-kill-'))
  const data = join(directory, 'attio.db')
  const report = { kills, answered: 0, unanswered: 0, unansweredDone: 0 }
  try {
    const { token, others } = prepare(data)
    for (let kill = 0; kill < kills; kill += 1) {
      const writers = Array.from({ length: 4 }, (_, n) => createWriter(`${kill}-${n}`))
      report.answered += await writeUntilKilled(data, token, writers)
      const open = createLocalAttio({ data, deliver: refuse })
      try {
        const { unanswered, done } = examine(open, writers, others)
        report.unanswered += unanswered
        report.unansweredDone += done
      } finally {
        open.close()
      }
    }
    return report
  } finally {
    rmSync(directory, { recursive: true })
  }
}

const refuse = async () => new Response(null, { status: 500 })

/** A world with a token, and a webhook whose target refuses, so that deliveries pile up. */
function prepare(data: string): { token: string; others: Map<string, KnownTask> } {
  const attio = createLocalAttio({ data, deliver: refuse })
  const { clientId } = attio.registerApp({
    name: 'Writer',
    redirectUris: [],
    scopes: allScopes.filter((scope) => scope.endsWith(':read-write')),
  })
  const memberEmail = standard.people.ada.emailAddress
  const token = attio.issueAccessToken({ clientId, memberEmail, workspace: 'acme' })
  attio.control.webhooks.create({
    workspaceId: standard.workspaces.acme.id,
    targetUrl: 'http://127.0.0.1:1/closed',
    subscriptions: [{ eventType: 'task.created', filter: null }],
  })
  const others = tasksOf(attio)
  attio.close()
  return { token, others }
}

/** Returns how many writes were answered. */
async function writeUntilKilled(
  data: string,
  token: string,
  writers: readonly Writer[],
): Promise<number> {
  const victim = spawn(execPath, [join(import.meta.dirname, 'victim.ts'), data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const dead = once(victim, 'exit')
  const enough = randomInt(60)
  let answers = 0
  try {
    const origin = await firstLine(victim.stdout)
    const moment = Promise.withResolvers<void>()
    const onAnswer = (): void => {
      answers += 1
      if (answers > enough) moment.resolve()
    }
    const writing = Promise.all(writers.map((writer) => writer.write(origin, token, onAnswer)))
    await Promise.race([moment.promise, writing])
    await wait(randomInt(5))
    victim.kill('SIGKILL')
    await writing
    return answers
  } finally {
    victim.kill('SIGKILL')
    await dead
  }
}

/** Rejects when the process prints no address: it could not start from the killed process's data file. */
async function firstLine(lines: Readable): Promise<string> {
  for await (const chunk of lines.setEncoding('utf8')) return String(chunk).trim()
  throw new Error('The local Attio does not start.')
}

/** Compares the file with the answers; adds its additional tasks to `others`. */
function examine(
  attio: LocalAttio,
  writers: readonly Writer[],
  others: Map<string, KnownTask>,
): { unanswered: number; done: number } {
  const found = tasksOf(attio)
  const expected = new Map(others)
  let done = 0
  for (const { known, unanswered } of writers) {
    for (const [id, task] of known) if (task) expected.set(id, task)
    if (!unanswered) continue
    const id = unanswered.id ?? idOf(found, unanswered.content)
    if (id === undefined || !isSame(found.get(id), unanswered.after)) continue
    if (!isSame(expected.get(id), unanswered.after)) done += 1
    if (unanswered.after) expected.set(id, unanswered.after)
    else expected.delete(id)
  }
  assert.deepEqual(sorted(found), sorted(expected))
  const told = attio.control.webhooks.deliveries().map((one) => one.body)
  const untold = [...found.keys()].filter(
    (id) => !others.has(id) && !told.some((body) => body.includes(id)),
  )
  assert.deepEqual(untold, [], 'the message about a task is as durable as the task')
  others.clear()
  for (const [id, task] of found) others.set(id, task)
  return { unanswered: writers.filter((one) => one.unanswered).length, done }
}

function tasksOf(attio: LocalAttio): Map<string, KnownTask> {
  return new Map(
    attio.control.world.tasks
      .all()
      .map(({ id, content, isCompleted }) => [id, { content, isCompleted }] as const),
  )
}

function idOf(tasks: ReadonlyMap<string, KnownTask>, content: string): string | undefined {
  return Array.from(tasks).find(([, task]) => task?.content === content)?.[0]
}

function isSame(one: KnownTask, other: KnownTask): boolean {
  return one?.content === other?.content && one?.isCompleted === other?.isCompleted
}

function sorted(tasks: ReadonlyMap<string, KnownTask>) {
  return Array.from(tasks).sort(([a], [b]) => (a < b ? -1 : 1))
}
