// Every address of Taskr. Routes use `paths`; links and forms use `addressOf` and the functions below it. No other file
// spells out an address.

export const paths = {
  home: '/',

  signUp: '/signup',
  signUpLink: '/signup/link',
  logIn: '/login',
  /** the second step of a log-in */
  signInCode: '/login/code',
  signInChallenge: '/login/passkey/challenge',
  passkeySignIn: '/login/passkey',
  logOut: '/logout',
  signOn: '/login/single-sign-on',
  signOnCallback: '/login/single-sign-on/callback',
  signOnLink: '/login/single-sign-on/account',
  signOnSignUp: '/signup/single-sign-on',
  signOnEnding: '/settings/single-sign-on/ending',
  forgottenPassword: '/forgotten-password',
  passwordReset: '/password-reset',
  addressConfirmation: '/email-address',

  /** asks again who the person is */
  confirmation: '/confirmation',
  confirmationChallenge: '/confirmation/passkey/challenge',
  passkeyConfirmation: '/confirmation/passkey',
  signOnConfirmation: '/confirmation/single-sign-on',

  connect: '/integrations/attio/connect',
  callback: '/integrations/attio/callback',
  resume: '/integrations/attio/resume',

  askAdmin: '/integrations/attio/ask-an-admin',
  /** joining a connection that is here already, or keeping one of one's own */
  offer: '/integrations/attio/offer',
  ownConnection: '/integrations/attio/offer/own',

  connections: '/connections',
  connection: '/connections/:connectionId',
  disconnection: '/connections/:connectionId/disconnection',
  sending: '/connections/:connectionId/sending',
  people: '/connections/:connectionId/people',
  invitations: '/connections/:connectionId/people/invitations',
  invitationWithdrawal: '/connections/:connectionId/people/invitations/:memberId/withdrawal',
  seatRights: '/connections/:connectionId/people/:accountId/rights',
  seatRemoval: '/connections/:connectionId/people/:accountId/removal',
  handOver: '/connections/:connectionId/owner',
  leaving: '/connections/:connectionId/leaving',
  endedSeat: '/connections/:connectionId/ended-seat',

  invitationLink: '/join/:secret',
  invitation: '/join',

  team: '/team',
  tasks: '/tasks',
  manyTasks: '/tasks/many',
  refresh: '/tasks/refresh',
  live: '/tasks/live',
  overdue: '/tasks/overdue',
  overdueUndoing: '/tasks/overdue/undoing',
  clearing: '/clear',
  task: '/tasks/:connectionId/:taskId',
  completion: '/tasks/:connectionId/:taskId/completion',
  deadline: '/tasks/:connectionId/:taskId/deadline',
  assignees: '/tasks/:connectionId/:taskId/assignees',
  linkedRecords: '/tasks/:connectionId/:taskId/linked-records',
  unlinking: '/tasks/:connectionId/:taskId/linked-records/removal',
  replacement: '/tasks/:connectionId/:taskId/replacement',
  deletion: '/tasks/:connectionId/:taskId/deletion',

  bulk: '/tasks/bulk',
  bulkUndoing: '/changes/undoing',

  dateLookup: '/lookups/dates',
  nameLookup: '/lookups/names',
  memberLookup: '/lookups/:connectionId/members',
  quickAddLookup: '/lookups/:connectionId/quick-add',
  recordLookup: '/lookups/:connectionId/records',

  changes: '/changes',
  undoing: '/changes/:changeId/undoing',
  attempt: '/changes/:changeId/attempt',
  dismissal: '/changes/:changeId/dismissal',

  settings: '/settings',
  timeZone: '/settings/time-zone',
  password: '/settings/password',
  emailAddress: '/settings/email-address',
  sessionEnding: '/settings/sessions/:sessionId/ending',
  otherSessionsEnding: '/settings/sessions/ending',
  twoStep: '/settings/two-step',
  passkeys: '/settings/passkeys',
  passkeyChallenge: '/settings/passkeys/challenge',
  passkeyName: '/settings/passkeys/:passkeyId/name',
  passkeyRemoval: '/settings/passkeys/:passkeyId/removal',
  factorSetUp: '/settings/two-step/set-up',
  recoveryCodes: '/settings/two-step/recovery-codes',
  twoStepEnding: '/settings/two-step/ending',
  tasksExport: '/settings/export/tasks.csv',
  everythingExport: '/settings/export/everything.json',
  accountDeletion: '/settings/deletion',

  events: '/events',

  operator: '/operator',
  operatorAccount: '/operator/accounts/:accountId',
  accountLocking: '/operator/accounts/:accountId/locking',
  accountUnlocking: '/operator/accounts/:accountId/unlocking',
  accountSessionsEnding: '/operator/accounts/:accountId/sessions-ending',
  accountResetLink: '/operator/accounts/:accountId/reset-link',
  operatorRole: '/operator/accounts/:accountId/role',
  operatorConnections: '/operator/connections',
  operatorEvents: '/operator/events',
  operatorSignUpLink: '/operator/sign-up-link',

  webhook: '/webhooks/attio/:key',

  mailbox: '/_mail',
  keptMail: '/_mail/:number',

  assets: '/assets/:name',
  securityText: '/.well-known/security.txt',
  passwordChange: '/.well-known/change-password',
  healthz: '/healthz',
  readyz: '/readyz',
  metrics: '/metrics',
} as const

export const taskViews = [
  'today',
  'due-today',
  'tomorrow',
  'overdue',
  'upcoming',
  'no-date',
  'open',
  'done',
  'all',
] as const
export const whoseChoices = ['mine', 'unassigned', 'everyone'] as const

export type ListView = (typeof taskViews)[number]
export type WhoseChoice = (typeof whoseChoices)[number]

/**
 * The query of a task list. `open` lists every group of open tasks, `all` completed ones, too; `today` is the home page,
 * and `due-today` has pages of the tasks due today.
 */
export type ListAddress = {
  readonly view: ListView
  readonly whose: WhoseChoice
  readonly workspace?: string | undefined
  /** The ID of the only member whose tasks are listed; takes precedence over `whose`. */
  readonly member?: string | undefined
  /** The ID of the only record whose tasks are listed. */
  readonly record?: string | undefined
  /** The words that a person searches for. */
  readonly text?: string | undefined
  readonly page: number
}

/** Fills in the `:names` of a path. The compiler requires exactly the names in the path. */
export function addressOf<Path extends string>(path: Path, names: NamesIn<Path>): string {
  const values: Readonly<Record<string, string>> = names
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new TypeError(`The path ${path} needs a value for ${name}.`)
    return isPlain.test(value) ? value : encodeURIComponent(value)
  })
}

/** Text that stands in an address as it is, such as IDs. */
const isPlain = /^[\w.-]*$/

export function taskListAddress(query: ListAddress): string {
  return withQuery(paths.home, {
    view: query.view === 'today' ? undefined : query.view,
    ...filtersIn(query),
    page: query.page > 1 ? String(query.page) : undefined,
  })
}

function filtersIn({ whose, workspace, member, record, text }: ListFilters) {
  return { whose: whose === 'mine' ? undefined : whose, workspace, member, record, q: text }
}

/** Returns the list of every task of a record, open and done, of all assignees. */
export function recordTasksAddress(record: string, workspace?: string): string {
  return taskListAddress({ view: 'all', whose: 'everyone', record, workspace, page: 1 })
}

/** Returns the team page; it keeps the workspace of the list that it was opened from. */
export function teamAddress(
  query: { readonly workspace?: string | undefined; readonly page?: number } = {},
): string {
  const { page = 1, workspace } = query
  return withQuery(paths.team, { workspace, page: page === 1 ? undefined : String(page) })
}

/** The filters of a list, apart from its view. */
export type ListFilters = Omit<ListAddress, 'view' | 'page'>

/**
 * Returns the address at which the overdue tasks of a list are decided one by one. `state` holds the decisions so far.
 */
export function clearingAddress(
  query: ListFilters & {
    readonly state?: string | undefined
    /** True while the person chooses to whom to give the task. */
    readonly isGiving?: boolean
  },
): string {
  return withQuery(paths.clearing, {
    ...filtersIn(query),
    state: query.state,
    give: query.isGiving === true ? 'yes' : undefined,
  })
}

/**
 * Returns the address of a task's page. `from` is the page to return to; `find` searches for records to link, `member` for
 * members to assign.
 */
export function taskAddress(
  task: TaskInAddress,
  query: {
    from?: string | undefined
    find?: string | undefined
    member?: string | undefined
  } = {},
): string {
  const { connectionId, taskId } = task
  return withQuery(addressOf(paths.task, { connectionId, taskId }), {
    from: query.from === paths.home ? undefined : query.from,
    find: query.find,
    member: query.member,
  })
}

export type TaskInAddress = { readonly connectionId: string; readonly taskId: string }

/** Returns the log-in page's address; `returnTo` is a Taskr address. */
export function logInAddress(query: { returnTo?: string; reason?: LogInReason } = {}): string {
  return withQuery(paths.logIn, query)
}

export function signUpAddress(query: { returnTo?: string } = {}): string {
  return withQuery(paths.signUp, query)
}

export const logInReasons = [
  'session-ended',
  'needed',
  'finish-connecting',
  'logged-out',
  'password-reset',
  'code-expired',
  'link-sign-on',
] as const
export type LogInReason = (typeof logInReasons)[number]

/** Returns the page that asks for a code after the password. */
export function signInCodeAddress(query: { returnTo?: string } = {}): string {
  return withQuery(paths.signInCode, query)
}

/** Returns the page that asks again who the person is; `returnTo` is a Taskr address. */
export function confirmationAddress(query: { returnTo: string }): string {
  return withQuery(paths.confirmation, query)
}

/** Returns the page of passkeys; `name` fills in the form that adds one. */
export function passkeysAddress(query: { name: string | undefined }): string {
  return withQuery(paths.passkeys, query)
}

/** Returns the page that explains connecting, or reconnecting when a connection is given. */
export function connectAddress(query: { connection?: string } = {}): string {
  return withQuery(paths.connect, query)
}

/** Returns the address of a page's event stream; `asOf` is the page's version. */
export function liveAddress(query: { asOf: string }): string {
  return withQuery(paths.live, query)
}

export function eventsAddress(query: { page: number }): string {
  return withQuery(paths.events, { page: query.page > 1 ? String(query.page) : undefined })
}

/** Where a person is among the people of a connection. */
export interface PeoplePlace {
  readonly connectionId: string
  /** What both lists are narrowed to. */
  readonly text: string
  /** The page of those who may be invited, from 1. */
  readonly page: number
  /** The page of those who are in, from 1. */
  readonly inPage: number
}

/** Returns the page of people at that place, or the address of a form on it, which leads back there. */
export function peopleAddress(
  { connectionId, inPage, page, text }: PeoplePlace,
  path: string = addressOf(paths.people, { connectionId }),
): string {
  return withQuery(path, {
    q: text === '' ? undefined : text,
    in: inPage === 1 ? undefined : String(inPage),
    page: page === 1 ? undefined : String(page),
  })
}

/**
 * Returns the address of the operators' list of accounts. `after` names the last account of the previous page; `inviting`
 * fills in the email address of the form for a sign-up link.
 */
export function accountListAddress(query: {
  readonly q?: string | undefined
  readonly after?: string | undefined
  readonly inviting?: string | undefined
}): string {
  const given = Object.entries(query).filter(([, value]) => value !== '')
  return withQuery(paths.operator, Object.fromEntries(given))
}

/** Returns the next page of a list for operators. */
export function operatorListAddress(
  path: typeof paths.operatorConnections | typeof paths.operatorEvents,
  query: { readonly after?: string | undefined },
): string {
  return withQuery(path, query)
}

export function assetAddress(name: string): string {
  return addressOf(paths.assets, { name })
}

type NamesIn<Path extends string> = { readonly [Name in NameIn<Path>]: string }

/** The names of the values in all paths. */
export type NameInPaths = NameIn<(typeof paths)[keyof typeof paths]>

type NameIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NameIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  let text = ''
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) text += `${text === '' ? '?' : '&'}${name}=${inQuery(value)}`
  }
  return path + text
}

function inQuery(value: string): string {
  return isPlain.test(value) ? value : new URLSearchParams([['', value]]).toString().slice(1)
}
