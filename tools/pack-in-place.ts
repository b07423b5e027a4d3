// Lets `npm pack` and `npm publish` in a workspace's own folder pack runnable files: beforehand the compiled files and
// the published manifest replace the sources; afterwards the folder is restored.
//
//   "prepack": "node ../tools/pack-in-place.ts", "postpack": "node ../tools/pack-in-place.ts --restore"
import { cp, rename, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stage } from './pack.ts'

const folder = process.cwd()
const manifest = join(folder, 'package.json')
const saved = join(folder, 'package.json.saved')
const placed = ['lib', 'LICENSE']

if (process.argv.includes('--restore')) await restore()
else await place()

async function place(): Promise<void> {
  // An earlier run was interrupted.
  if (existsSync(saved)) await restore()
  const dist = await stage(folder)
  await rename(manifest, saved)
  await cp(join(dist, 'package.json'), manifest)
  for (const name of placed) await cp(join(dist, name), join(folder, name), { recursive: true })
}

async function restore(): Promise<void> {
  await rename(saved, manifest)
  for (const name of placed) await rm(join(folder, name), { recursive: true, force: true })
}
