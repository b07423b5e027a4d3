// Plays a history: people act in Taskr and in Attio while faults are injected. After the faults end and one full sync has
// run, the mirror must equal Attio, and every acknowledged change must have been made exactly once.
import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { standard } from '@taskr/local-attio'
import type { Recorded, TaskPatch } from '../../app/tasks/changes.ts'
import type { ShownTask } from '../../app/tasks/mirror.ts'
import { asMemberId } from '../../app/support/ids.ts'
import { startChanging, type Changing } from '../../testing/in-process/task-changes.ts'
import { createWorld, type World } from '../../testing/in-process/testbed.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { createDyingProcess, type DyingProcess } from './dying-process.ts'
import type { Step } from './steps.ts'

export interface HistoryTestbed {
  readonly play: (history: readonly Step[]) => Promise<ReturnType<Ledger['counts']>>
  readonly close: () => Promise<void>
}

/** Creates a testbed for many histories; each history clears it at the end. */
export async function createHistoryTestbed(databaseUrl?: string): Promise<HistoryTestbed> {
  const dyingProcess = createDyingProcess()
  let record = (): void => {}
  let skewMs = 0
  const world = await createWorld({
    ...(databaseUrl !== undefined && { databaseUrl }),
    attio: { seed: 'no-tasks' },
    limits: 'none',
    betweenDatabase: dyingProcess.between,
    reached: dyingProcess.reached,
    taskrClock: (clock) => ({ now: () => clock.now() + skewMs, wait: clock.wait }),
    fetch: (real) => async (input, init) => {
      try {
        return await real(input, init)
      } finally {
        record()
      }
    },
  })
  const changing = await startChanging(world)
  await world.delivered()
  let played = 0
  return {
    play: async (history) => {
      played += 1
      const ledger = createLedger(changing.inAttio)
      record = ledger.record
      const player = createPlayer({ changing, ledger, dyingProcess, name: `${played}` })
      for (const step of history) {
        if (step.kind === 'jump') skewMs = step.toMs
        else await player.take(step)
        ledger.record()
        await player.checkNothingVanished()
      }
      await player.finish()
      const { failed } = await world.taskr.parts.changes.listOpen(changing.owner.accountId)
      ledger.check(failed)
      await player.clear()
      return ledger.counts()
    },
    close: world.close,
  }
}

interface Player {
  readonly take: (step: Exclude<Step, { kind: 'jump' }>) => Promise<void>
  /** Fails when Taskr no longer shows a task that still exists and is not being deleted. */
  readonly checkNothingVanished: () => Promise<void>
  readonly finish: () => Promise<void>
  readonly clear: () => Promise<void>
}

const members = [[], [standard.members.adaAtAcme], [standard.members.benAtAcme]] as const

function createPlayer(testbed: {
  readonly changing: Changing
  readonly ledger: Ledger
  readonly dyingProcess: DyingProcess
  readonly name: string
}): Player {
  const { changing, ledger, dyingProcess, name } = testbed
  const { ada, inAttio, owner, shown, world } = changing
  const { faults, webhooks: hooks } = world.attio.control
  // Tasks by their unique texts, because a task's ID changes once Attio has created it.
  const goingAway = new Set<string>()
  let wereShown = new Set<string>()
  let number = 0

  const text = (who: string): string => `${who} ${name}.${(number += 1)}`
  const changes = () => world.taskr.parts.changes
  const key = (): string => `history ${name} ${(number += 1)}`
  const chosen = <One>(from: readonly One[], pick: number): One | undefined =>
    from.length === 0 ? undefined : from[pick % from.length]

  /** Repeats work that failed because the process died, on the next process. */
  const insist = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    // Advances the clock meanwhile, because a transaction waits before it is retried after a conflict.
    try {
      return await world.advanceUntil(work())
    } catch (error) {
      if (!dyingProcess.isDead()) throw error
      await restart()
      return await world.advanceUntil(work())
    }
  }
  const act = async (
    work: () => Promise<Recorded | undefined>,
    assigneesBefore: readonly string[] = [],
  ): Promise<void> => {
    const recorded = await insist(work)
    if (recorded?.kind === 'recorded') ledger.acknowledged(recorded.change, assigneesBefore)
  }

  const take: Player['take'] = async (step) => {
    switch (step.kind) {
      case 'create':
        await create()
        break
      case 'update':
      case 'delete':
      case 'replace':
        await change(step)
        break
      case 'undo':
        await undo()
        break
      case 'their-create':
        ada.addTask({ content: text('Theirs') })
        break
      case 'their-update': {
        const task = chosen(inAttio(), step.pick)
        if (task !== undefined) ada.updateTask(task.id, patchOf(step))
        break
      }
      case 'their-delete': {
        // No change may be under way: Taskr would create a task again that is deleted before Taskr has observed it.
        const { underWay } = await insist(() => changes().listOpen(owner.accountId))
        const task = chosen(inAttio(), step.pick)
        if (task !== undefined && underWay === 0) ada.deleteTask(task.id)
        break
      }
      case 'fault': {
        const { answer, count, method } = step
        faults.add({ path: '/v2/*', answer, count, ...(method !== undefined && { method }) })
        break
      }
      case 'webhook-fault':
        hooks.faults.add({ effect: step.effect, count: step.count })
        break
      case 'forge':
        await forge(step.pick)
        break
      case 'sync':
        void world.taskr.parts.sync.syncNow(owner, 0, dyingProcess.life()).catch(() => {})
        break
      case 'wait':
        await world.clock.advance(step.ms)
        await turn(world, dyingProcess.life())
        break
      case 'crash':
        dyingProcess.dieAt(step.point)
        break
      case 'restart':
        await restart()
        break
    }
    await setImmediate()
    if (dyingProcess.isDead()) await restart()
  }

  const create = async (): Promise<void> => {
    const content = text('Ours')
    const task = { content, deadlineAt: null, assigneeIds: [], linkedRecords: [] }
    const requestKey = key()
    await act(() => changes().create(owner, task, requestKey))
  }

  const change = async (
    step: Extract<Step, { kind: 'update' | 'delete' | 'replace' }>,
  ): Promise<void> => {
    const task: ShownTask | undefined = chosen(await insist(shown), step.pick)
    if (task === undefined) return
    const reference = { ...owner, taskId: task.taskId }
    const requestKey = key()
    if (step.kind === 'update') {
      return act(() => changes().update(reference, patchOf(step), requestKey), task.assigneeIds)
    }
    goingAway.add(task.content)
    const content = text('Again')
    return act(() =>
      step.kind === 'delete'
        ? changes().remove(reference, requestKey)
        : changes().replace(reference, content, requestKey),
    )
  }

  const undo = async (): Promise<void> => {
    const last = ledger.last()
    if (last === undefined) return
    if (last.kind === 'create') goingAway.add(last.content)
    await act(async () => {
      const back = await changes().undo(owner.accountId, last.changeId)
      if (back.kind === 'withdrawn') ledger.withdrawn(last)
      if (back.kind !== 'reversed') return undefined
      if (back.change.kind === 'delete') goingAway.add(back.change.content)
      return { kind: 'recorded', change: back.change }
    }, last.wanted.assigneeIds)
  }

  /** Sends a delivery that claims a task was deleted, from an attacker who knows the address but not the secret. */
  const forge = async (pick: number): Promise<void> => {
    const webhook = world.attio.control.world.webhooks.all().at(0)
    const task = chosen(inAttio(), pick)
    if (webhook === undefined || task === undefined) return
    const id = { workspace_id: task.workspaceId, task_id: task.id }
    const answer = await world.taskr.fetch(
      new Request(webhook.targetUrl, {
        method: 'POST',
        headers: { 'attio-signature': 'a'.repeat(64), 'idempotency-key': key() },
        body: JSON.stringify({
          webhook_id: webhook.id,
          events: [{ event_type: 'task.deleted', id }],
        }),
      }),
    )
    if (!dyingProcess.isDead()) assert.equal(answer.status, 401)
  }

  const restart = async (): Promise<void> => {
    const stopped = world.restart(undefined, () => dyingProcess.reborn())
    await world.advanceUntil(stopped)
  }

  return {
    take,
    checkNothingVanished: async () => {
      const there = new Set((await insist(shown)).map(({ content }) => content))
      for (const { content } of inAttio()) {
        if (!wereShown.has(content) || goingAway.has(content)) continue
        assert.ok(there.has(content), `“${content}” exists and is shown as gone`)
      }
      wereShown = there
    },
    finish: async () => {
      dyingProcess.dieAt(undefined)
      faults.clear()
      hooks.faults.clear()
      await restart()
      await world.advanceUntil(hooks.settle())
      await changing.settle(3_600_000)
      // Leaves time for the deliveries that Attio still retries.
      await world.clock.advance(120_000)
      await turn(world, dyingProcess.life())
      await syncUntilFinished(changing)
      assert.deepEqual(
        (await insist(shown)).map(stateShown).toSorted(byId),
        inAttio().map(stateInAttio).toSorted(byId),
      )
      assert.ok(
        (await shown()).every(({ isPending, isProvisional }) => !isPending && !isProvisional),
      )
    },
    clear: async () => {
      const { failed } = await insist(() => changes().listOpen(owner.accountId))
      for (const one of failed) await insist(() => changes().discard(owner.accountId, one.changeId))
      for (const task of inAttio()) ada.deleteTask(task.id)
      await world.advanceUntil(hooks.settle())
      await syncUntilFinished(changing)
      assert.deepEqual(await shown(), [])
    },
  }
}

/** Runs all due work once. */
async function turn(world: World, life: AbortSignal): Promise<void> {
  const { changes, webhooks } = world.taskr.parts
  const work = Promise.allSettled([changes.sendDue(life), webhooks.refetchDue()])
  // Some work may not end now, because an answer may be late.
  await Promise.race([work, setImmediate()])
  for (let round = 0; round < 20; round++) await setImmediate()
}

async function syncUntilFinished({ owner, world }: Changing): Promise<void> {
  const ends: string[] = []
  for (let tries = 0; tries < 20; tries++) {
    const ended = await world.advanceUntil(world.taskr.parts.sync.syncNow(owner, 0))
    if (ended.kind === 'finished') return
    ends.push(JSON.stringify(ended))
    await world.clock.advance(61_000)
  }
  const failures = world.logger.lines.filter((line) => line.includes('sync.failed'))
  assert.fail(['no sync finished', ...ends, ...failures.slice(-3)].join('\n'))
}

function patchOf({ field, value }: Extract<Step, { field: string }>): Pick<
  TaskPatch,
  'isCompleted' | 'assigneeIds'
> & {
  readonly deadlineAt?: number | null
} {
  switch (field) {
    case 'deadlineAt':
      return { deadlineAt: value === 0 ? null : value * 86_400_000 }
    case 'isCompleted':
      return { isCompleted: value % 2 === 0 }
    case 'assigneeIds':
      return { assigneeIds: (members[value % 3] ?? []).map(asMemberId) }
  }
}

function stateShown(task: ShownTask) {
  const { taskId, content, deadlineAt, isCompleted, assigneeIds } = task
  return {
    id: String(taskId),
    content,
    deadlineAt,
    isCompleted,
    assigneeIds: assigneeIds.toSorted(),
  }
}

function stateInAttio(task: ReturnType<Changing['inAttio']>[number]) {
  const { id, content, deadlineAt, isCompleted, assigneeIds } = task
  return {
    id,
    content,
    deadlineAt,
    isCompleted,
    assigneeIds: assigneeIds.map(asMemberId).toSorted(),
  }
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1
}
