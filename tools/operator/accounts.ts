// `npm run taskr -- accounts …` and `connections`: what an operator does on the server, also while Taskr runs.
import { createOperating, type ListedAccount, type Operating } from '../../app/accounts/accounts.ts'
import type { Environment } from '../../app/config/config.ts'
import { listAllConnections } from '../../app/connections/connection-store.ts'
import { openDatabase, type Database } from '../../app/database/open-database.ts'
import { mailOff } from '../../app/mail/mail.ts'
import type { Clock } from '../../app/support/clock.ts'
import { createIds } from '../../app/support/ids.ts'
import type { Logger } from '../../app/support/logger.ts'
import { systemRandomBytes } from '../../app/support/random.ts'
import type { Secret } from '../../app/support/secret.ts'
import { endAllChangesOf } from '../../app/tasks/changes.ts'
import { paths } from '../../app/web/addresses.ts'
import { CommandError, type Say } from './say.ts'

export const accountsUsage = `  accounts list [text]              accounts, newest first; or those that begin with the text
  accounts lock <name>              log out everywhere, refuse log-in, drop unsent changes
  accounts unlock <name>
  accounts end-sessions <name>      log out everywhere
  accounts reset-link <name>        print a link to choose a new password: give it to its person only
  accounts remove-two-step <name>   for a person who lost the app and the recovery codes
  accounts make-operator <name>     let the account use the pages of operators
  accounts unmake-operator <name>
  accounts sign-up-link             print a link with which one person can sign up
  connections                       connections of all accounts, with their state`

export interface AccountsParts {
  readonly environment: Environment
  readonly databaseUrl: string
  readonly clock: Clock
  readonly logger: Logger
  readonly say: Say
}

interface Opened extends AccountsParts {
  readonly database: Database
  readonly operating: Operating
}

/** Returns false when there is no such command. */
export async function runAccountsCommand(
  parts: AccountsParts,
  [command = '', given, ...more]: readonly string[],
): Promise<boolean> {
  if (more.length > 0) return false
  const run = given === undefined ? withoutName.get(command) : withName(command, given)
  if (run === undefined) return false
  await inDatabase(parts, run)
  return true
}

type Run = (opened: Opened) => Promise<void>

const withoutName = new Map<string, Run>(
  Object.entries({
    list: (opened: Opened) => list(opened, ''),
    'sign-up-link': async ({ operating, say }: Opened) => {
      const made = await operating.makeSignUpLink('command', '')
      if (made.kind !== 'made') throw new CommandError('No link was made.')
      say('One person can sign up with this link, once, within seven days:')
      say(made.address)
    },
  }),
)

function withName(command: string, given: string): Run | undefined {
  if (command === 'list') return (opened) => list(opened, given)
  const act = actions.get(command)
  if (act === undefined) return undefined
  return async (opened) => {
    const account = await find(opened, given)
    opened.say(await act(opened, account))
  }
}

/** Each action returns what it did, in words. */
type Act = (opened: Opened, account: ListedAccount) => Promise<string>

const actions = new Map<string, Act>(
  Object.entries<Act>({
    lock: async ({ clock, operating }, { accountId, username }) => {
      const locked = await operating.lock({
        by: 'command',
        accountId,
        endChanges: (db, id) => endAllChangesOf({ clock, ids: ids(clock) }, db, id),
      })
      refuseLastOperator(locked.kind)
      return locked.kind === 'done'
        ? `Locked ${username}. Open pages end within ten seconds.`
        : `${username} is locked already.`
    },
    unlock: async ({ operating }, { accountId, username }) =>
      (await operating.unlock('command', accountId))
        ? `Unlocked ${username}.`
        : `${username} is not locked.`,
    'end-sessions': async ({ operating }, { accountId, username }) => {
      const ended = await operating.endSessions('command', accountId)
      return `Ended ${ended === 1 ? '1 session' : `${ended} sessions`} of ${username}.`
    },
    'reset-link': async ({ environment, operating }, { accountId, username }) => {
      const secret = await operating.makeResetLink(accountId)
      if (secret === undefined) throw new CommandError(`${username} was deleted just now.`)
      const link = linkTo(environment, paths.passwordReset)(secret)
      return `${username} can choose a new password with this link, once, within 30 minutes:\n${link}`
    },
    'remove-two-step': async ({ operating }, { accountId, username }) =>
      (await operating.removeSecondFactor(accountId))
        ? `Two-step verification of ${username} is off.`
        : `${username} has no two-step verification.`,
    'make-operator': async ({ operating }, { accountId, username }) =>
      (await operating.makeOperator('command', accountId))
        ? `${username} is an operator now.`
        : `${username} is an operator already.`,
    'unmake-operator': async ({ operating }, { accountId, username }) => {
      const changed = await operating.unmakeOperator('command', accountId)
      refuseLastOperator(changed.kind)
      return changed.kind === 'done'
        ? `${username} is no longer an operator.`
        : `${username} is no operator.`
    },
  }),
)

function refuseLastOperator(kind: string): void {
  if (kind !== 'last-operator') return
  throw new CommandError(
    'This is the only operator who can log in. Make another account one first.',
  )
}

const mostListed = 100

async function list({ operating, say }: Opened, search: string): Promise<void> {
  const found = await operating.list({ search, limit: mostListed + 1 })
  for (const account of found.slice(0, mostListed)) say(inWords(account))
  if (found.length === 0) say('No account.')
  if (found.length > mostListed)
    say(`The first ${mostListed} are shown. Add the beginning of a name.`)
}

function inWords(account: ListedAccount): string {
  const { createdAt, emailAddress, isOperator, isVerified, lockedAt, username } = account
  return [
    username,
    emailAddress === undefined ? '-' : `${emailAddress}${isVerified ? '' : ' (not confirmed)'}`,
    `since ${dayOf(createdAt)}`,
    ...(isOperator ? ['operator'] : []),
    ...(lockedAt === undefined ? [] : [`locked since ${dayOf(lockedAt)}`]),
  ].join('\t')
}

export async function listConnectionStates(parts: AccountsParts): Promise<void> {
  await inDatabase(parts, async ({ database, operating, say }) => {
    const found = await listAllConnections(database.db, { limit: mostListed + 1 })
    const shown = found.slice(0, mostListed)
    const owners = await operating.usernamesOf(shown.map(({ accountId }) => accountId))
    for (const { accountId, checkedAt, status, workspaceName } of shown) {
      const owner = owners.get(accountId) ?? '-'
      say([printable(workspaceName), owner, status, `checked ${dayOf(checkedAt)}`].join('\t'))
    }
    if (found.length === 0) say('No connection.')
    if (found.length > mostListed) say(`The latest ${mostListed} are shown.`)
  })
}

/** Finds the account by its whole name or verified address. */
async function find({ operating }: Opened, given: string): Promise<ListedAccount> {
  const found = await operating.listNamed(given)
  const [account, another] = found
  if (account === undefined) throw new CommandError(`There is no account ${given}.`)
  if (another !== undefined) {
    const names = found.map(({ username }) => username).join(', ')
    throw new CommandError(`Several accounts have that address. Name one: ${names}`)
  }
  return account
}

async function inDatabase(parts: AccountsParts, work: Run): Promise<void> {
  const { clock, databaseUrl, environment, logger } = parts
  const database = await openDatabase({ url: databaseUrl, clock, logger, isBeside: true })
  try {
    const operating = createOperating({
      database,
      clock,
      logger,
      ids: ids(clock),
      randomBytes: systemRandomBytes,
      mail: mailOff,
      linkAddresses: {
        verification: linkTo(environment, paths.addressConfirmation),
        reset: linkTo(environment, paths.passwordReset),
        signUp: linkTo(environment, paths.signUp),
        settings: '',
      },
    })
    await work({ ...parts, database, operating })
  } finally {
    await database.close()
  }
}

function linkTo(environment: Environment, path: string): (secret: Secret) => string {
  return (secret) => {
    const port = environment['PORT'] ?? '3050'
    const given = environment['PUBLIC_URL'] ?? ''
    if (given === '' && environment['NODE_ENV'] === 'production') {
      throw new CommandError('PUBLIC_URL is missing: the address people reach Taskr at')
    }
    const base = given === '' ? `http://localhost:${port}` : given
    return new URL(`${path}?link=${secret.reveal()}`, base).href
  }
}

function ids(clock: Clock): ReturnType<typeof createIds> {
  return createIds(clock, systemRandomBytes)
}

/** Removes control characters from a name of Attio's, which a terminal would obey. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '')
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}
