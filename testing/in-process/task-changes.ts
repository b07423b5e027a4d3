// The fixture of tests of changes: a person with a connected workspace, the tasks they see, and the tasks in Attio.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import type { Recorded, TaskPatch } from '../../app/tasks/changes.ts'
import type { ShownTask } from '../../app/tasks/mirror.ts'
import { asMemberId, asTaskId, type AccountId, type ConnectionId } from '../../app/support/ids.ts'
import type { Browser } from './http-browser.ts'
import type { World } from './testbed.ts'

export interface Changing {
  readonly world: World
  readonly jo: Browser
  readonly owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId }
  /** Returns every task that Jo sees, open and completed. */
  readonly shown: () => Promise<readonly ShownTask[]>
  readonly shownOf: (content: string) => Promise<ShownTask>
  /** Returns the tasks of the workspace as Attio has them. */
  readonly inAttio: () => readonly ReturnType<
    World['attio']['control']['world']['tasks']['all']
  >[number][]
  readonly inAttioOf: (
    content: string,
  ) => ReturnType<World['attio']['control']['world']['tasks']['all']>[number]
  readonly create: (content: string, key?: string) => Promise<Recorded>
  readonly update: (
    content: string,
    patch: TaskPatch,
    key?: string,
    /** The lists that the page showed. */
    seen?: TaskPatch,
  ) => Promise<Recorded>
  readonly remove: (content: string) => Promise<Recorded>
  readonly replace: (content: string, by: string) => Promise<Recorded>
  /** Acts in Attio as another member. */
  readonly ada: ReturnType<World['attio']['control']['as']>
  /** Sends due changes, and those that fall due meanwhile, until none is left or the time is over. */
  readonly settle: (withinMs?: number) => Promise<void>
  readonly failed: () => Promise<readonly { readonly kind: string }[]>
}

let keys = 0

export async function startChanging(world: World, workspace = 'acme'): Promise<Changing> {
  const jo = await world.connected()
  const owner = await world.ownerOf(jo, workspace)
  const changes = () => world.taskr.parts.changes
  const shown = async (): Promise<readonly ShownTask[]> => {
    // Both in one statement: a task that changes between two would be in neither or, with its new ID, in both.
    const lists = await world.taskr.parts.mirror.listTaskPages(
      [{ ...owner, sees: 'everyone', memberId: undefined }],
      [false, true].map((isCompleted) => ({
        isCompleted,
        whose: { kind: 'everyone' },
        limit: 100_000,
        offset: 0,
      })),
    )
    return lists.flat()
  }
  const shownOf = async (content: string): Promise<ShownTask> => {
    const [found, ...more] = (await shown()).filter((task) => task.content === content)
    assert.ok(found !== undefined && more.length === 0, `one “${content}” is shown`)
    return found
  }
  const inAttio = () =>
    world.attio.control.world.tasks
      .all()
      .filter(({ workspaceId }) => workspaceId === standard.workspaces.acme.id)
  const refer = async (content: string) => ({ ...owner, taskId: (await shownOf(content)).taskId })
  const nextKey = () => `key ${(keys += 1)}`
  return {
    world,
    jo,
    owner,
    shown,
    shownOf,
    inAttio,
    inAttioOf: (content) => {
      const [found, ...more] = inAttio().filter((task) => task.content === content)
      assert.ok(found !== undefined && more.length === 0, `Attio has one “${content}”`)
      return found
    },
    create: (content, key = nextKey()) =>
      changes().create(
        owner,
        { content, deadlineAt: null, assigneeIds: [me], linkedRecords: [] },
        key,
      ),
    update: async (content, patch, key = nextKey(), seen) =>
      changes().update(await refer(content), patch, key, seen),
    remove: async (content) => changes().remove(await refer(content), nextKey()),
    replace: async (content, by) => changes().replace(await refer(content), by, nextKey()),
    ada: world.attio.control.as({ member: standard.people.ada.emailAddress, workspace }),
    settle: async (withinMs = 120_000) => {
      const until = world.clock.now() + withinMs
      for (;;) {
        await world.advanceUntil(world.taskr.idle())
        await world.advanceUntil(changes().sendDue())
        const { underWay } = await changes().listOpen(owner.accountId)
        // The webhook comes afterwards.
        if (underWay === 0) return await world.advanceUntil(world.delivered())
        if (world.clock.now() >= until) assert.fail(stillUnderWay(world, underWay))
        await world.clock.advance(1_000)
      }
    },
    failed: async () =>
      (await changes().listOpen(owner.accountId)).failed.map(({ problem }) => {
        assert.ok(problem !== undefined)
        return problem
      }),
  }
}

export const me = asMemberId(standard.members.adaAtAcme)
export const taskIdOf = asTaskId

function stillUnderWay({ logger }: World, underWay: number): string {
  const lines = logger.lines.filter((line) => /"event":"(changes|background|attio)/.test(line))
  return [`${underWay} changes are still under way`, ...lines.slice(-20)].join('\n')
}
