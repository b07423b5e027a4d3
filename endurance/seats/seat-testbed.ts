// The testbed for seats: four people in two workspaces, on one node or two, whose actions go to the real functions and
// whose pages come from the real server.
import assert from 'node:assert/strict'
import { z } from 'zod'
import { standard } from '@taskr/local-attio'
import {
  asConnectionId,
  asMemberId,
  asTaskId,
  type AccountId,
  type ConnectionId,
} from '../../app/support/ids.ts'
import type { Taskr } from '../../app/compose.ts'
import { createBrowser, type Browser } from '../../testing/in-process/http-browser.ts'
import { accountOf } from '../../testing/in-process/team.ts'
import { connect, createWorld, taskrOrigin, type World } from '../../testing/in-process/testbed.ts'
import {
  memberNumbers,
  people,
  type Action,
  type MemberNumber,
  type Person,
  type Workspace,
} from './seat-actions.ts'
import type { Model, ModelInvitation, Outcome } from './seat-model.ts'

export interface SeatTestbed {
  readonly model: Model
  readonly perform: (action: Action, model: Model) => Promise<Outcome>
  /** Returns the open tasks that the person's list shows, by text. */
  readonly look: (person: Person, node: 0 | 1) => Promise<readonly string[]>
  /** Returns where a person finds a task that their list does not show: its page, the search, or the export. */
  readonly findElsewhere: (person: Person, content: string) => Promise<readonly string[]>
  /** Returns the open tasks in Attio, by text. */
  readonly inAttio: () => ReadonlySet<string>
  /** Resolves when every change is at Attio and every delivery has arrived. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Who approves each workspace's connection in Attio. */
const approvers = {
  acme: { person: standard.people.ada.emailAddress, owner: 'jo' },
  globex: { person: standard.people.edith.emailAddress, owner: 'kim' },
} as const

/** `databaseUrl` is a PostgreSQL database for two nodes; without it there is one node on SQLite. */
export async function createSeatTestbed(databaseUrl?: string): Promise<SeatTestbed> {
  const world = await createWorld({
    ...(databaseUrl !== undefined && { databaseUrl }),
    limits: 'none',
    attio: { seed: 'no-tasks', rateLimits: false },
  })
  for (const workspace of ['acme', 'globex'] as const) addMembers(world, workspace)
  const browsers = new Map<Person, readonly [Browser, Browser]>()
  const accounts = new Map<Person, AccountId>()
  const other = databaseUrl === undefined ? world.taskr : await world.anotherNode()
  for (const person of people) {
    const browser = await world.signedUp(person)
    const elsewhere = createBrowser(
      (request, address) => other.fetch(request, address),
      taskrOrigin,
    )
    for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value)
    browsers.set(person, [browser, elsewhere])
    accounts.set(person, await accountOf(world, browser))
  }
  const connections = new Map<Workspace, ConnectionId>()
  for (const workspace of ['acme', 'globex'] as const) {
    const { owner, person } = approvers[workspace]
    const browser = get(browsers, owner)[0]
    await connect(world.attio, browser, { person, workspace })
    await world.taskr.idle()
    connections.set(workspace, (await world.ownerOf(browser, workspace)).connectionId)
  }
  const settle = async (): Promise<void> => {
    for (const node of [world.taskr, other]) await node.idle()
    await world.attio.control.webhooks.settle()
    for (const node of [world.taskr, other]) {
      await node.parts.changes.sendDue()
      await node.idle()
    }
    await world.delivered()
    await other.idle()
  }
  const scene: Scene = { world, nodes: [world.taskr, other], browsers, accounts, connections }
  const secrets: ModelInvitation[] = []
  let tasks = 0
  return {
    model: {
      workspaces: { acme: newWorkspace('acme'), globex: newWorkspace('globex') },
      tasks: [],
    },
    perform: (action, model) => {
      tasks += 1
      return performIn(scene, action, { model, secrets, content: `T${tasks}-` })
    },
    look: async (person, node) => {
      const page = await get(browsers, person)[node].get('/?view=open&whose=everyone')
      const list = withoutOwnChanges(page.body)
      return [...new Set([...list.matchAll(/T\d+-(?:acme|globex)/g)].map(([text]) => text))]
    },
    findElsewhere: (person, content) => findElsewhere(scene, person, content),
    inAttio: () =>
      new Set(
        world.attio.control.world.tasks
          .all()
          .filter(({ isCompleted }) => !isCompleted)
          .map(({ content }) => content),
      ),
    settle,
    close: world.close,
  }
}

interface Scene {
  readonly world: World
  readonly nodes: readonly [Taskr, Taskr]
  readonly browsers: ReadonlyMap<Person, readonly [Browser, Browser]>
  readonly accounts: ReadonlyMap<Person, AccountId>
  readonly connections: ReadonlyMap<Workspace, ConnectionId>
}

interface Moment {
  readonly model: Model
  /** Every invitation so far, the newest last. */
  readonly secrets: ModelInvitation[]
  /** The start of a new task's text. */
  readonly content: string
}

async function performIn(scene: Scene, action: Action, moment: Moment): Promise<Outcome> {
  switch (action.kind) {
    case 'invite':
    case 'remove':
    case 'leave':
    case 'rights':
    case 'hand-over':
      return await changeSeats(scene, action, moment)
    case 'join':
      return await join(scene, action, moment)
    case 'reconnect':
      return await reconnect(scene, action, moment)
    case 'suspend':
      return await suspend(scene, action, moment)
    case 'add-in-attio':
    case 'assign-in-attio':
      return changeInAttio(scene, action, moment)
    case 'add':
    case 'complete':
      return await changeInTaskr(scene, action, moment)
  }
}

type Of<Kind extends Action['kind']> = Extract<Action, { kind: Kind }>

async function changeSeats(
  { accounts, connections, nodes }: Scene,
  action: Of<'invite' | 'remove' | 'leave' | 'rights' | 'hand-over'>,
  { secrets }: Moment,
): Promise<Outcome> {
  const { seats } = nodes[action.node].parts
  const connectionId = get(connections, action.workspace)
  const by = { accountId: get(accounts, action.by), connectionId }
  switch (action.kind) {
    case 'invite': {
      const { member, sees, workspace } = action
      const rights = { sees, mayLink: true }
      const [invited] = (await seats.invite(by, [memberId(workspace, member)], rights)) ?? []
      if (invited === undefined) return undefined
      const invitation = { member, sees, secret: invited.secret.reveal() }
      secrets.push(invitation)
      return { kind: 'invited', invitation }
    }
    case 'remove':
      return done((await seats.remove(by, get(accounts, action.person))) !== undefined)
    case 'leave':
      return done((await seats.leave(by)) !== undefined)
    case 'rights': {
      const rights = { sees: action.sees, mayLink: true }
      return done(await seats.changeRights(by, get(accounts, action.person), rights))
    }
    case 'hand-over': {
      const handed = await seats.handOver(by, get(accounts, action.person))
      return done(handed.kind === 'handed-over')
    }
  }
}

async function join(
  { accounts, connections, nodes }: Scene,
  { by, node, secret }: Of<'join'>,
  { secrets }: Moment,
): Promise<Outcome> {
  const invitation = secrets.at(-1 - secret)
  if (invitation === undefined) return undefined
  const joined = await nodes[node].parts.seats.join(get(accounts, by), invitation.secret)
  if (joined.kind === 'refused') return undefined
  const { connectionId } = joined.connection
  const workspace = connectionId === connections.get('acme') ? 'acme' : 'globex'
  return { kind: 'joined', workspace, secret: invitation.secret }
}

async function reconnect(
  { browsers, world }: Scene,
  { by, node, workspace }: Of<'reconnect'>,
  { model }: Moment,
): Promise<Outcome> {
  if (model.workspaces[workspace].owner !== by) return undefined
  const { person } = approvers[workspace]
  const answer = await connect(world.attio, get(browsers, by)[node], { person, workspace })
  return done(answer.status === 303)
}

async function suspend(
  { accounts, connections, nodes, world }: Scene,
  { isSuspended, member, workspace }: Of<'suspend'>,
  { model }: Moment,
): Promise<Outcome> {
  const { members } = world.attio.control.world
  const found = members.get(memberId(workspace, member))
  if (found === undefined) return undefined
  const accessLevel = isSuspended ? 'suspended' : 'member'
  world.attio.control.world.transact(() => members.put({ ...found, accessLevel }))
  const accountId = get(accounts, model.workspaces[workspace].owner)
  const owner = { accountId, connectionId: get(connections, workspace) }
  await nodes[0].parts.sync.readMembers(owner)
  return { kind: 'done' }
}

function changeInAttio(
  { world }: Scene,
  action: Of<'add-in-attio' | 'assign-in-attio'>,
  { model, content }: Moment,
): Outcome {
  const { workspace } = action
  const inAttio = world.attio.control.as({ member: approvers[workspace].person, workspace })
  const assigneeIds = [memberId(workspace, action.member)]
  if (action.kind === 'add-in-attio') {
    const task = { content: content + workspace, assigneeIds }
    inAttio.addTask(task)
    return { kind: 'task', content: task.content }
  }
  const chosen = model.tasks.filter((task) => task.workspace === workspace).at(-1 - action.task)
  const id = chosen && attioIdOf(world, chosen.content)
  if (chosen === undefined || id === undefined) return undefined
  inAttio.updateTask(id, { assigneeIds })
  return { kind: 'task', content: chosen.content }
}

async function changeInTaskr(
  { accounts, connections, nodes, world }: Scene,
  action: Of<'add' | 'complete'>,
  { model, content }: Moment,
): Promise<Outcome> {
  const { workspace } = action
  const { changes } = nodes[action.node].parts
  const to = {
    accountId: get(accounts, action.by),
    connectionId: get(connections, workspace),
  }
  if (action.kind === 'add') {
    const text = content + workspace
    const task = { content: text, deadlineAt: null, assigneeIds: [], linkedRecords: [] }
    const recorded = await changes.create(to, task, `add ${text}`)
    return recorded.kind === 'recorded' ? { kind: 'task', content: text } : undefined
  }
  const chosen = model.tasks.filter((task) => task.workspace === workspace).at(-1 - action.task)
  const id = chosen && attioIdOf(world, chosen.content)
  if (chosen === undefined || id === undefined) return undefined
  const reference = { ...to, taskId: asTaskId(id) }
  const recorded = await changes.update(reference, { isCompleted: true }, `complete ${content}`)
  return recorded.kind === 'recorded' ? { kind: 'task', content: chosen.content } : undefined
}

async function findElsewhere(
  { browsers, connections, world }: Scene,
  person: Person,
  content: string,
): Promise<readonly string[]> {
  const workspace = content.endsWith('acme') ? 'acme' : 'globex'
  const taskId = attioIdOf(world, content) ?? ''
  const browser = get(browsers, person)[0]
  const task = `/tasks/${asConnectionId(get(connections, workspace))}/${taskId}`
  // The page repeats the number that is searched for, but not the whole text.
  const [number = ''] = content.split('-')
  const found: string[] = []
  for (const place of [task, `/?q=${number}`, '/?view=done&whose=everyone', '/team']) {
    const page = await browser.get(place)
    if (withoutOwnChanges(page.body).includes(content)) found.push(place)
  }
  for (const place of ['/settings/export/tasks.csv', '/settings/export/everything.json']) {
    const exported = await browser.post(place)
    assert.equal(exported.status, 200, place)
    const shown = place.endsWith('.json') ? withoutOwnHistory(exported.body) : exported.body
    if (shown.includes(content)) found.push(place)
  }
  return found
}

/** A seat that ended tells its person which of their own changes had not reached Attio. */
function withoutOwnChanges(page: string): string {
  return page.replaceAll(/<ul class="problems".*?<\/ul>/gs, '')
}

/** An export keeps what the person changed, and what of it had not reached Attio, as they saw it then. */
function withoutOwnHistory(body: string): string {
  const { changes: _changes, seats: _seats, ...rest } = everything.parse(JSON.parse(body))
  return JSON.stringify(rest)
}

const everything = z.looseObject({
  tasks: z.array(z.unknown()),
  changes: z.array(z.unknown()),
  seats: z.array(z.unknown()),
})

/** Adds four members, whom nothing but their IDs distinguishes. */
function addMembers({ attio }: World, workspace: Workspace): void {
  const { world } = attio.control
  const like = world.members.get(
    workspace === 'acme' ? standard.members.benAtAcme : standard.members.edithAtGlobex,
  )
  if (like === undefined) throw new Error(`${workspace} has no members.`)
  for (const member of memberNumbers) {
    const emailAddress = `member-${member}@${workspace}.example`
    const names = { firstName: 'Member', lastName: String(member), emailAddress }
    const id = memberId(workspace, member)
    world.transact(() => world.members.put({ ...like, id, ...names, accessLevel: 'member' }))
  }
}

function memberId(workspace: Workspace, member: MemberNumber) {
  const family = workspace === 'acme' ? 1 : 2
  return asMemberId(`00000000-0000-4000-800${family}-00000000000${member}`)
}

function attioIdOf({ attio }: World, content: string): string | undefined {
  return attio.control.world.tasks.all().find((task) => task.content === content)?.id
}

function newWorkspace(workspace: Workspace) {
  const { owner } = approvers[workspace]
  return { owner, ownerMember: undefined, seats: {}, invitations: [], suspended: [] }
}

function done(isDone: boolean): Outcome {
  return isDone ? { kind: 'done' } : undefined
}

function get<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key)
  if (value === undefined) throw new Error(`There is no ${String(key)}.`)
  return value
}
