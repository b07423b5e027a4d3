// The matrix: every route of Taskr × everyone who could ask for it. A cell is wrong when a person sees a task outside
// their seat, changes one, or is refused what their seat allows.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import {
  accountOf,
  addMember,
  inAttio,
  startTeam,
  suspendMember,
  type Team,
} from '../../../testing/in-process/team.ts'
import type { Answer, Browser } from '../../../testing/in-process/http-browser.ts'
import { connect } from '../../../testing/in-process/testbed.ts'
import { paths } from '../addresses.ts'

const roles = ['own', 'everyone', 'owner', 'stranger', 'removed', 'suspended'] as const
type Role = (typeof roles)[number]

/** Who may: everyone in the workspace sees a task assigned to the seat's member; only some see the others. */
const insiders: readonly Role[] = ['own', 'everyone', 'owner']
const seers: readonly Role[] = ['everyone', 'owner']
const theOwner: readonly Role[] = ['owner']

type Form = Readonly<Record<string, string>>

/** The fields of every form that changes a task; `change` fills them in. */
const change = { requestKey: '', returnTo: '/settings' }

type Rule =
  /** Says nothing about a workspace, or only about the account itself. */
  | 'apart'
  /** Shows many tasks: each role sees those of its seat. */
  | { readonly lists: 'get' | 'post'; readonly query?: string; readonly form?: Form }
  /** Is about one task, which each role may reach or not. */
  | { readonly task: 'get' | 'post'; readonly form?: Form }
  /** Is about the connection. */
  | {
      readonly connection: 'get' | 'post'
      readonly for: readonly Role[]
      readonly form?: Form
      readonly query?: string
    }
  /** Is about a change of another account. */
  | { readonly othersChange: Form }

const rules = {
  home: { lists: 'get', query: '?view=open&whose=everyone' },
  signUp: 'apart',
  signUpLink: 'apart',
  logIn: 'apart',
  logOut: 'apart',
  signOn: 'apart',
  signOnCallback: 'apart',
  signOnLink: 'apart',
  signOnSignUp: 'apart',
  signOnEnding: 'apart',
  connect: 'apart',
  callback: 'apart',
  resume: 'apart',
  offer: 'apart',
  ownConnection: 'apart',
  askAdmin: 'apart',
  connections: 'apart',
  connection: { connection: 'get', for: insiders },
  disconnection: { connection: 'post', for: [] },
  people: { connection: 'get', for: theOwner },
  invitations: { connection: 'post', for: theOwner, form: { sees: 'own' } },
  invitationWithdrawal: { connection: 'post', for: theOwner },
  seatRights: { connection: 'post', for: theOwner, form: { sees: 'own', mayLink: 'yes' } },
  seatRemoval: { connection: 'post', for: [] },
  handOver: { connection: 'post', for: [], form: { to: 'unknown' } },
  leaving: { connection: 'post', for: [] },
  endedSeat: 'apart',
  invitationLink: 'apart',
  invitation: 'apart',
  mailbox: 'apart',
  keptMail: 'apart',
  addressConfirmation: 'apart',
  emailAddress: 'apart',
  forgottenPassword: 'apart',
  passwordReset: 'apart',
  metrics: 'apart',
  sending: { connection: 'post', for: theOwner },
  team: 'apart',
  nameLookup: 'apart',
  tasks: {
    connection: 'post',
    for: insiders,
    form: { ...change, connectionId: '', content: 'Made by the matrix' },
  },
  manyTasks: {
    connection: 'post',
    for: insiders,
    form: { ...change, connectionId: '', lines: 'Made by the matrix' },
  },
  refresh: 'apart',
  live: 'apart',
  task: { task: 'get' },
  completion: { task: 'post', form: { ...change, isCompleted: 'yes' } },
  deadline: { task: 'post', form: { ...change, quick: 'tomorrow' } },
  assignees: { task: 'post', form: { ...change, 'assignee[]': standard.members.adaAtAcme } },
  linkedRecords: {
    task: 'post',
    form: { ...change, targetObject: 'people', recordId: 'some-record' },
  },
  unlinking: { task: 'post', form: { ...change, targetObject: 'people', recordId: 'some-record' } },
  replacement: { task: 'post', form: { ...change, content: 'Replaced by the matrix' } },
  deletion: { task: 'post', form: change },
  bulk: { task: 'post', form: { ...change, action: 'completion', 'task[]': '' } },
  clearing: {
    task: 'post',
    form: { requestKey: '', connectionId: '', taskId: '', decision: 'done' },
  },
  // Both act on the person's own list and on changes that they made.
  overdue: 'apart',
  overdueUndoing: 'apart',
  bulkUndoing: { othersChange: { 'change[]': '' } },
  dateLookup: 'apart',
  memberLookup: { connection: 'get', for: insiders },
  quickAddLookup: { connection: 'get', for: insiders, query: '?text=Call' },
  recordLookup: { connection: 'get', for: insiders, query: '?text=a&source=mirror' },
  changes: 'apart',
  undoing: { othersChange: { returnTo: '/settings' } },
  attempt: { othersChange: { returnTo: '/settings' } },
  dismissal: { othersChange: { returnTo: '/settings' } },
  settings: 'apart',
  timeZone: 'apart',
  password: 'apart',
  sessionEnding: 'apart',
  otherSessionsEnding: 'apart',
  tasksExport: { lists: 'post' },
  everythingExport: { lists: 'post' },
  accountDeletion: 'apart',
  events: 'apart',
  signInCode: 'apart',
  confirmation: 'apart',
  twoStep: 'apart',
  factorSetUp: 'apart',
  recoveryCodes: 'apart',
  twoStepEnding: 'apart',
  operator: 'apart',
  operatorAccount: 'apart',
  accountLocking: 'apart',
  accountUnlocking: 'apart',
  accountSessionsEnding: 'apart',
  accountResetLink: 'apart',
  operatorRole: 'apart',
  operatorConnections: 'apart',
  operatorEvents: 'apart',
  operatorSignUpLink: 'apart',
  signInChallenge: 'apart',
  passkeySignIn: 'apart',
  confirmationChallenge: 'apart',
  passkeyConfirmation: 'apart',
  signOnConfirmation: 'apart',
  passkeys: 'apart',
  passkeyChallenge: 'apart',
  passkeyName: 'apart',
  passkeyRemoval: 'apart',
  webhook: 'apart',
  assets: 'apart',
  securityText: 'apart',
  passwordChange: 'apart',
  healthz: 'apart',
  readyz: 'apart',
} as const satisfies Record<keyof typeof paths, Rule>

const hidden = 'HIDDEN-FROM-BEN'
const shown = 'SHOWN-TO-BEN'

suite('the matrix of seats', () => {
  test('SE-01 every route shows and changes exactly what each role may, in every cell', async () => {
    assert.deepEqual(Object.keys(rules).toSorted(), Object.keys(paths).toSorted(), 'every route')
    await using team = await startTeam({ limits: 'none' })
    const people = await everyRole(team)
    const wrong: string[] = []
    let cells = 0
    for (const [name, rule] of Object.entries<Rule>(rules)) {
      for (const role of roles) {
        cells += 1
        const problem = await judge(team, people, name, rule, role)
        if (problem !== undefined) wrong.push(`${name} × ${role}: ${problem}`)
      }
    }
    assert.deepEqual(wrong, [])
    assert.ok(cells >= 300, `${cells} cells`)
  })
})

interface People {
  readonly browsers: Readonly<Record<Role, Browser>>
  /** Returns a new task that only Ada is assigned to, or one that everybody in a seat sees. */
  readonly task: (content: string) => Promise<string>
  /** A change that the owner made just now. */
  readonly ownersChange: () => Promise<string>
}

async function everyRole(team: Team): Promise<People> {
  const { world, ada, owner } = team
  const { benAtAcme, danaAtAcme } = standard.members
  const [finn, gail] = [addMember(world, 'Finn'), addMember(world, 'Gail')]
  await world.taskr.parts.sync.readMembers(owner)
  const [own, everyone] = [
    await team.join('ben', benAtAcme),
    await team.join('dana', danaAtAcme, { sees: 'everyone' }),
  ]
  const [removed, suspended] = [
    await team.join('finn', finn, { sees: 'everyone' }),
    await team.join('gail', gail, { sees: 'everyone' }),
  ]
  const stranger = await world.signedUp('eve')
  await connect(world.attio, stranger, {
    person: standard.people.edith.emailAddress,
    workspace: 'globex',
  })
  const content = { deadlineAt: null, linkedRecords: [] }
  inAttio(world).addTask({ content: hidden, assigneeIds: [standard.members.adaAtAcme] })
  inAttio(world).addTask({ content: shown, assigneeIds: [benAtAcme] })
  await world.delivered()
  // Each has seen the list once, and two are out since.
  for (const { browser } of [removed, suspended]) {
    assert.match((await browser.get('/?view=open&whose=everyone')).body, new RegExp(hidden))
  }
  assert.ok(await world.taskr.parts.seats.remove(owner, removed.accountId))
  suspendMember(world, gail)
  await world.taskr.parts.sync.readMembers(owner)
  let changes = 0
  return {
    browsers: {
      own: own.browser,
      everyone: everyone.browser,
      owner: ada,
      stranger,
      removed: removed.browser,
      suspended: suspended.browser,
    },
    task: async (text) => {
      const { connectionId } = owner
      const connections = await world.taskr.parts.connections.list(owner.accountId)
      const query = {
        isCompleted: false,
        whose: { kind: 'everyone' },
        limit: 500,
        offset: 0,
      } as const
      const tasks = await world.taskr.parts.mirror.listTasks(connections, query)
      const found = tasks.find((task) => task.content === text)
      assert.ok(found, `${text} is there`)
      return `${connectionId}/${found.taskId}`
    },
    ownersChange: async () => {
      changes += 1
      const task = { content: `Owner’s ${changes}`, assigneeIds: [], ...content }
      const recorded = await world.taskr.parts.changes.create(owner, task, `owners-${changes}`)
      assert.ok(recorded.kind === 'recorded')
      return recorded.change.changeId
    },
  }
}

/** Returns what is wrong in a cell, if anything. */
async function judge(
  team: Team,
  people: People,
  name: string,
  rule: Rule,
  role: Role,
): Promise<string | undefined> {
  const browser = people.browsers[role]
  const path: string = Object.entries(paths).find(([key]) => key === name)?.[1] ?? ''
  if (rule === 'apart') return await judgeApart(browser, path)
  const { connectionId } = team.owner
  const names = {
    connectionId,
    taskId: 'none',
    changeId: 'none',
    memberId: standard.members.cleoAtAcme,
    accountId: await accountOf(team.world, people.browsers.own),
  }
  if ('lists' in rule) {
    const answer = await ask(browser, rule.lists, path + (rule.query ?? ''), rule.form)
    const seesHidden = answer.body.includes(hidden)
    const seesShown = answer.body.includes(shown)
    if (seesHidden !== seers.includes(role)) return `sees ${hidden}: ${seesHidden}`
    return seesShown === insiders.includes(role) ? undefined : `sees ${shown}: ${seesShown}`
  }
  if ('connection' in rule) {
    // Only outsiders try the routes that would end the connection for the others.
    if (rule.for.length === 0 && insiders.includes(role)) return undefined
    const address = fill(path, names) + (rule.query ?? '')
    const answer = await ask(browser, rule.connection, address, rule.form, { connectionId })
    // A lookup of records answers 200 and says in words why it has none.
    const isLet = answer.status < 400 && !answer.body.includes('no-such-connection')
    if (role !== 'owner' && !seers.includes(role) && answer.body.includes(hidden)) return 'leaks'
    const isAllowed = rule.for.includes(role)
    const isRefusedForItself = answer.status === 404 && name === 'invitationWithdrawal'
    return isLet === isAllowed || isRefusedForItself ? undefined : `answered ${answer.status}`
  }
  if ('task' in rule) return await judgeTask(team, people, { path, rule, role })
  const changeId = await people.ownersChange()
  if (role === 'owner') return undefined
  const address = fill(path, { ...names, changeId })
  await ask(browser, 'post', address, rule.othersChange, { 'change[]': changeId })
  const open = await team.world.taskr.parts.changes.listOpen(team.owner.accountId)
  return open.underWay > 0 ? undefined : 'changed another account’s change'
}

async function judgeTask(
  team: Team,
  people: People,
  {
    path,
    rule,
    role,
  }: {
    readonly path: string
    readonly rule: { readonly task: 'get' | 'post'; readonly form?: Form }
    readonly role: Role
  },
): Promise<string | undefined> {
  const browser = people.browsers[role]
  const mine = `One of ${role} ${path}`
  const { world } = team
  // Room within Attio's limits.
  await world.clock.advance(2_000)
  inAttio(world).addTask({ content: mine, assigneeIds: [standard.members.benAtAcme] })
  await world.delivered()
  for (const [content, allowed] of [
    [hidden, seers],
    [mine, insiders],
  ] as const) {
    // Who may change everything would change what the other cells look at.
    if (content === hidden && allowed.includes(role)) continue
    const name = await people.task(content)
    const [connectionId = '', taskId = ''] = name.split('/')
    const address = fill(path, { connectionId, taskId })
    const answer = await ask(browser, rule.task, address, rule.form, {
      'task[]': name,
      connectionId,
      taskId,
    })
    if (allowed.includes(role)) {
      if (answer.status >= 400) return `refused ${content}: ${answer.status}`
      continue
    }
    if (answer.body.includes(content)) return `shows ${content}`
    const isChanged = (await people.task(content)) !== name
    if (isChanged) return `changed ${content}`
    const accountId = await accountOf(world, browser)
    for await (const piece of world.taskr.parts.changes.listAll(accountId)) {
      if (piece.some((one) => one.content === content)) return `recorded a change of ${content}`
    }
  }
  await world.taskr.idle()
  return undefined
}

/** A page that is about no workspace names none of its tasks. */
async function judgeApart(browser: Browser, path: string): Promise<string | undefined> {
  if (/:|logout|live/.test(path)) return undefined
  const { body } = await browser.get(path)
  return body.includes(hidden) || body.includes(shown) ? 'names a task' : undefined
}

let keys = 0

/** Sends a form with the values that belong to its empty fields. */
async function ask(
  browser: Browser,
  method: 'get' | 'post',
  address: string,
  form: Form = {},
  values: Form = {},
): Promise<Answer> {
  keys += 1
  const known: Form = { requestKey: `matrix-key-${String(keys).padStart(16, '0')}`, ...values }
  const fields = Object.entries(form).map(([name, value]) => [name, known[name] ?? value] as const)
  return method === 'get'
    ? await browser.get(address)
    : await browser.post(address, Object.fromEntries<string>(fields))
}

function fill(path: string, names: Readonly<Record<string, string>>): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => names[name] ?? 'none')
}
