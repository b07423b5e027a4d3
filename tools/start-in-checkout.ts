// Starts Taskr from a checkout. With Attio credentials in the environment or in .env it uses the real Attio, without them a
// local one. In production every setting must be given.
import { resolve } from 'node:path'
import { DataFileError } from '@taskr/local-attio'
import { readConfig, type Environment } from '../app/config/config.ts'
import { StartError } from '../app/compose.ts'
import { runUntilSignal, type Started } from '../app/run.ts'
import { serveTaskr } from '../app/serve.ts'
import { systemClock } from '../app/support/clock.ts'
import { createLogger } from '../app/support/logger.ts'
import { systemRandomBytes } from '../app/support/random.ts'
import { readBuiltAssets, type BuiltAssetsReading } from '../app/web/assets/built-assets.ts'
import { bundleAssets } from '../app/web/assets/bundle-assets.ts'
import { developmentKeys, startLocalAttioForTaskr, type LocalAttioForTaskr } from './development.ts'
import { readEnvFile } from './env-file.ts'

export async function startInCheckout(): Promise<void> {
  process.chdir(resolve(import.meta.dirname, '..'))
  await runUntilSignal(start)
}

async function start(): Promise<Started> {
  const file = readEnvFile('.env')
  if (file.kind === 'refused') return { kind: 'refused', problems: [file.problem] }
  const given = { ...file.environment, ...process.env }
  return given['NODE_ENV'] === 'production' ? await serve(given) : await startOnThisMachine(given)
}

async function startOnThisMachine(given: Environment): Promise<Started> {
  const directory = resolve('data')
  const keys =
    given['TASKR_KEYS'] || describeFailure(() => developmentKeys(directory, systemRandomBytes))
  const environment = { ...given, TASKR_KEYS: keys }
  if (given['ATTIO_CLIENT_ID'] || given['ATTIO_CLIENT_SECRET']) return await serve(environment)
  const checked = readConfig({ ...environment, ...anyCredentials() })
  if (checked.kind === 'refused') return checked
  const local = await startLocalAttio(given, directory)
  const started = await serveBeside(local, environment)
  if (started.kind === 'refused') return started
  const stop = async (): Promise<void> => {
    await started.stop()
    await local.attio.stop()
  }
  return { kind: 'started', stop }
}

/** Placeholder credentials, with which the other settings are checked before the local Attio starts. */
function anyCredentials(): Environment {
  return {
    ATTIO_CLIENT_ID: '00000000-0000-4000-8000-000000000000',
    ATTIO_CLIENT_SECRET: '0123456789abcdef'.repeat(4),
  }
}

/** Stops the local Attio when Taskr does not start. */
async function serveBeside(local: LocalAttioForTaskr, given: Environment): Promise<Started> {
  let started: Started | undefined
  try {
    started = await serve({ ...given, ...local.environment }, local)
    return started
  } finally {
    if (started?.kind !== 'started') await local.attio.stop()
  }
}

async function startLocalAttio(given: Environment, directory: string): Promise<LocalAttioForTaskr> {
  const port = Number(given['LOCAL_ATTIO_PORT'] || 3060)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StartError('LOCAL_ATTIO_PORT must be a port: 0 to 65535')
  }
  const publicUrl = given['PUBLIC_URL'] || `http://localhost:${given['PORT'] || 3050}`
  try {
    return await startLocalAttioForTaskr({ directory, publicUrl, port })
  } catch (error) {
    if (isCode(error, 'EADDRINUSE')) {
      throw new StartError(
        `Port ${port}, for the local Attio, is taken. Stop what uses it, or: LOCAL_ATTIO_PORT=3061 npm start`,
      )
    }
    if (error instanceof DataFileError) throw new StartError(dataFileProblem(error))
    throw error
  }
}

function dataFileProblem({ code, message }: DataFileError): string {
  return code === 'in-use'
    ? 'The folder data/ is in use: Taskr runs already. Stop it first.'
    : `The local Attio cannot read its data. ${message}`
}

async function serve(environment: Environment, local?: LocalAttioForTaskr): Promise<Started> {
  const reading = readConfig(environment)
  if (reading.kind === 'refused') return reading
  const { config } = reading
  const assets = await findAssets(config.production)
  if (assets.kind === 'refused') return { kind: 'refused', problems: [assets.problem] }
  const logger = createLogger({
    clock: systemClock,
    ...(config.production ? {} : { write: onlyTrouble }),
  })
  const taskr = await serveTaskr(config, {
    clock: systemClock,
    randomBytes: systemRandomBytes,
    fetch: globalThis.fetch,
    logger,
    assets: assets.assets,
  })
  console.log(config.production ? `Taskr: ${taskr.url}` : welcome(taskr.url, local))
  return { kind: 'started', stop: taskr.stop }
}

/** Returns the assets: built ones in production; in development they are bundled at each start. */
async function findAssets(production: boolean): Promise<BuiltAssetsReading> {
  return production ? readBuiltAssets() : { kind: 'read', assets: await bundleAssets() }
}

function welcome(url: string, local: LocalAttioForTaskr | undefined): string {
  const next = `Open ${url}, sign up, press “Continue to Attio”`
  return local === undefined
    ? `\n  Taskr   ${url}\n  Attio   the real one\n\n  ${next}. Ctrl-C stops.\n`
    : `\n  Taskr         ${url}\n  Local Attio   ${local.attio.url}\n
  ${next}, and choose one of the
  people of the local Attio. Everything is kept in data/. Ctrl-C stops.\n
  For the real Attio put ATTIO_CLIENT_ID and ATTIO_CLIENT_SECRET into .env (see .env.example).\n`
}

/** Prints warnings and errors only, for development. */
function onlyTrouble(line: string): void {
  if (!line.includes('"level":"info"')) process.stderr.write(line)
}

/** Turns a refused write to data/ into a line for a person. */
function describeFailure<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!isCode(error, 'EACCES') && !isCode(error, 'EROFS')) throw error
    throw new StartError(
      'The folder data/ cannot be written. Give this user the right to, and start again.',
    )
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
