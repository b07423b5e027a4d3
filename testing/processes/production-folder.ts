// A copy of the repository as the image holds it after `npm ci --omit=dev`, which the user that runs Taskr cannot write.
import { chmod, chown, cp, link, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'
import { findRunnableFolder } from '../runnable-folder.ts'

const repository = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)
/** A user without rights: `nobody` on most machines. */
const stranger = { uid: 65534, gid: 65534 }

export interface ProductionFolder {
  readonly folder: string
  readonly node: string
  /** The only folder that the user can write. */
  readonly data: string
  /** Another user than the one that owns the files, where the test may become one. */
  readonly user: { readonly uid?: number; readonly gid?: number }
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export async function createProductionFolder({ built = true } = {}): Promise<ProductionFolder> {
  const cache = join(repository, 'node_modules', '.cache')
  const parent = await mkdtemp(
    join(await findRunnableFolder([tmpdir(), cache]), 'taskr-production-'),
  )
  const folder = join(parent, 'taskr')
  const data = join(parent, 'data')
  for (const path of [folder, data]) await mkdir(path)
  for (const name of await shippedNames())
    await cp(join(repository, name), join(folder, name), {
      recursive: true,
      filter: (path) => isShipped(path, built),
    })
  for (const path of await productionPackages())
    await cp(join(repository, path), join(folder, path), {
      recursive: true,
      verbatimSymlinks: true,
    })
  const user = userInfo().uid === 0 ? stranger : {}
  if (userInfo().uid === 0) await chown(data, stranger.uid, stranger.gid)
  await chmod(parent, 0o755)
  await run('chmod', ['-R', 'a+rX,a-w', folder])
  // Links Node after the chmod, because a hard link shares its mode with the original.
  const node = join(parent, 'node')
  await link(process.execPath, node).catch(() => cp(process.execPath, node))
  return {
    folder,
    node,
    data,
    user,
    [Symbol.asyncDispose]: async () => {
      await run('chmod', ['-R', 'u+w', folder])
      await rm(parent, { recursive: true, force: true })
    },
  }
}

/** Returns what the image holds beside its packages, as the last stage of the Dockerfile copies it. */
async function shippedNames(): Promise<readonly string[]> {
  const dockerfile = await readFile(join(repository, 'Dockerfile'), 'utf8')
  const [lastStage = ''] = dockerfile.split(/^FROM /m).slice(-1)
  const copied = [...lastStage.matchAll(/^COPY --from=build (.+) \S+$/gm)]
  const names = copied.flatMap(([, paths = '']) => paths.split(' '))
  return names.map((path) => path.replace('/taskr/', '')).filter((name) => name !== 'node_modules')
}

function isShipped(path: string, built: boolean): boolean {
  if (path.endsWith('/assets/dist')) return built
  return !path.endsWith('.test.ts') && !path.includes('node_modules')
}

/** The image removes these: it has its own Node, and bundles nothing at run time. */
const notNeeded = new Set(['node_modules/node', 'node_modules/esbuild'])

async function productionPackages(): Promise<string[]> {
  const { packages } = z
    .object({
      packages: z.record(
        z.string(),
        z.object({ dev: z.boolean().optional(), optional: z.boolean().optional() }),
      ),
    })
    .parse(JSON.parse(await readFile(join(repository, 'package-lock.json'), 'utf8')))
  return Object.entries(packages)
    .filter(([path, { dev, optional }]) => path.startsWith('node_modules/') && !dev && !optional)
    .map(([path]) => path)
    .filter((path) => !notNeeded.has(path))
}
