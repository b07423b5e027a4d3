// Starts a PostgreSQL for a test run: from the npm package, in memory where there is room, without fsync.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandomBytes } from '../../app/support/random.ts'
import { createTestFolder } from '../test-folder.ts'
import { findPostgresPrograms, type PostgresPrograms } from './postgres-programs.ts'

export type TestPostgres = {
  /** An administrator's URL, for TEST_POSTGRES_URL. */
  readonly url: string
  readonly stop: () => Promise<void>
}

type Options = {
  /** Writes to the disk with fsync, for measuring Taskr on a database as operators run it. */
  readonly durable?: boolean
  /** The folder of PostgreSQL's programs; default that of the npm package. */
  readonly native?: string
}

export async function startTestPostgres(options: Options = {}): Promise<TestPostgres> {
  const programs = await findPostgresPrograms(options.native)
  const folder = options.durable
    ? await mkdtemp(join(tmpdir(), 'taskr-postgres-'))
    : await createTestFolder('taskr-postgres-')
  const removeAll = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true })
    await programs.remove()
  }
  const password = Buffer.from(systemRandomBytes(12)).toString('hex')
  const port = await findFreePort()
  try {
    await initialise(programs, folder, password)
    const server = await start(programs, folder, {
      ...localSettings,
      ...(options.durable ? {} : fastSettings),
      port: String(port),
    })
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await stop(server)
        await removeAll()
      },
    }
  } catch (error) {
    await removeAll()
    throw error
  }
}

async function initialise(
  { initdb, user }: PostgresPrograms,
  folder: string,
  password: string,
): Promise<void> {
  const passwordFile = join(folder, 'password')
  const data = join(folder, 'data')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (user !== undefined) {
    for (const path of [folder, passwordFile]) await chown(path, user.uid, user.gid)
  }
  const child = spawnQuietly(
    initdb,
    [
      `--pgdata=${data}`,
      '--auth=scram-sha-256',
      // The password is random, so that hashing it often gains nothing, and each test connects anew.
      '--set=scram_iterations=1',
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    user,
  )
  await once(child.process, 'close')
  if (child.process.exitCode !== 0) throw new Error(`initdb failed:\n${child.lastWords()}`)
}

async function start(
  { postgres, user }: PostgresPrograms,
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawnQuietly(postgres, ['-D', join(folder, 'data'), ...flags], user)
  const ready = Promise.withResolvers<'ready'>()
  child.process.stderr?.on('data', () => {
    if (child.lastWords().includes('ready to accept connections')) ready.resolve('ready')
  })
  const ended = once(child.process, 'close').then(() => 'ended')
  if ((await Promise.race([ready.promise, ended])) === 'ended')
    throw new Error(`The test PostgreSQL did not start:\n${child.lastWords()}`)
  const endWithUs = (): void => void child.process.kill('SIGQUIT')
  process.once('exit', endWithUs)
  child.process.once('exit', () => process.off('exit', endWithUs))
  return child.process
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGINT')
  await ended
}

function spawnQuietly(program: string, args: readonly string[], user: PostgresPrograms['user']) {
  const child = spawn(program, args, {
    // Not the current folder: the user that runs PostgreSQL may be unable to enter it.
    cwd: '/',
    env: { LC_MESSAGES: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said.push(text)
      if (said.length > 20) said.shift()
    })
  return { process: child, lastWords: () => said.join('') }
}

const localSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
}

const fastSettings = {
  shared_buffers: '32MB',
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  autovacuum: 'off',
}

function findFreePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const server = createServer()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    server.close(() => {
      if (address === null || typeof address === 'string') reject(new Error('no port'))
      else resolve(address.port)
    })
  })
  return promise
}
