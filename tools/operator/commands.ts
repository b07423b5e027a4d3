// The commands of `npm run taskr`, by name.
import { readSecretFiles, type Environment } from '../../app/config/config.ts'
import { DatabaseError, openDatabase } from '../../app/database/open-database.ts'
import type { Clock } from '../../app/support/clock.ts'
import { createLogger, type Logger } from '../../app/support/logger.ts'
import { accountsUsage, listConnectionStates, runAccountsCommand } from './accounts.ts'
import { backUp } from './back-up.ts'
import { examine } from './doctor.ts'
import { moveToPostgres, targetVariable } from './move-to-postgres.ts'
import { restore } from './restore.ts'
import { CommandError, type Say } from './say.ts'

export interface Operator {
  readonly environment: Environment
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
  /** Says a line of the result. */
  readonly say: Say
  /** Says why nothing was done. */
  readonly complain: Say
  /** For test servers, which trade durability for speed. */
  readonly unsafelySkipDurabilityCheck?: boolean
}

const usage = `Usage: npm run taskr -- …
  doctor            check settings, database, keys, clock and Attio; changes nothing
  migrate           bring the tables to this version, before the nodes start
  backup <file>     copy the SQLite database, also while Taskr runs
  restore <file>    put a backup back while Taskr is stopped, and end every session
  move-to-postgres  copy the SQLite database to TARGET_DATABASE_URL while Taskr is stopped, and compare both
${accountsUsage}`

/** Runs a command; returns the exit code. */
export async function runCommand(operator: Operator, args: readonly string[]): Promise<number> {
  try {
    const { environment, problems } = readSecretFiles(operator.environment)
    if (problems.length > 0) throw new CommandError(problems.join('\n'))
    const settled = { ...operator, environment }
    if (await runForAccounts(settled, args)) return 0
    const [name = '', file, ...more] = args
    if (more.length > 0) throw new CommandError(usage)
    return await choose(settled, name, file)
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof DatabaseError)) throw error
    operator.complain(error.message)
    return 1
  }
}

/** Returns false for a command that is about no account. */
async function runForAccounts(
  { environment, clock, say }: Operator,
  [name, ...args]: readonly string[],
): Promise<boolean> {
  if (name !== 'accounts' && name !== 'connections') return false
  const databaseUrl = databaseUrlOf(environment)
  const parts = { environment, databaseUrl, clock, logger: quiet(clock), say }
  if (name === 'accounts') return await runAccountsCommand(parts, args)
  if (args.length > 0) return false
  await listConnectionStates(parts)
  return true
}

async function choose(operator: Operator, name: string, file?: string): Promise<number> {
  const { environment, clock, say } = operator
  const logger = quiet(clock)
  switch (`${name}${file === undefined ? '' : ' <file>'}`) {
    case 'doctor':
      return (await examine(operator, environment)) ? 0 : 1
    case 'migrate':
      await migrate(operator, logger)
      return 0
    case 'backup <file>':
      await backUp(databaseUrlOf(environment), file ?? '', say)
      return 0
    case 'restore <file>':
      await restore({ clock, logger, say }, databaseUrlOf(environment), file ?? '')
      return 0
    case 'move-to-postgres': {
      const [from, to] = [databaseUrlOf(environment), environment[targetVariable]]
      const { unsafelySkipDurabilityCheck = false } = operator
      await moveToPostgres({ clock, logger, say, from, to, unsafelySkipDurabilityCheck })
      return 0
    }
    default:
      throw new CommandError(usage)
  }
}

async function migrate({ environment, clock, say }: Operator, logger: Logger): Promise<void> {
  const ran: unknown[] = []
  const noting: Logger = {
    ...logger,
    info: (event, fields) => {
      if (event === 'database.migrated') ran.push(fields?.['files'])
    },
  }
  const database = await openDatabase({
    url: databaseUrlOf(environment),
    clock,
    logger: noting,
  })
  await database.close()
  say(ran.length === 0 ? 'The tables are up to date.' : `Ran ${ran.flat().join(', ')}.`)
}

/** In development the address has a default, as for `npm start`. */
function databaseUrlOf(environment: Environment): string {
  const given = environment['DATABASE_URL'] ?? ''
  if (given !== '') return given
  if (environment['NODE_ENV'] === 'production') {
    throw new CommandError('DATABASE_URL is missing: file:./data/taskr.db or postgres://…')
  }
  return 'file:./data/taskr.db'
}

/** Warnings go to standard error, so that standard output holds the result alone. */
function quiet(clock: Clock): Logger {
  const logger = createLogger({ clock, write: (line) => void process.stderr.write(line) })
  return { ...logger, info: () => {} }
}
