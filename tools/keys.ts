// `npm run keys -- …`: manages the keys that seal access tokens. With TASKR_KEYS=file:/path the ring changes while
// Taskr serves, on every node that sees the file.
//
//   new                 make a key and print it
//   add                 put a new key at the end of the file: from now on every node can open with it
//   promote <id>        put a key first: from now on it seals, and Taskr seals older values again with it
//   status              print what each key still seals, as Taskr last counted it
//   retire <id>         take a key off the file, once it seals nothing
import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { readKeyFile, replaceFile, statusPathOf } from '../app/connections/keys/key-file.ts'
import { formatKey } from '../app/connections/keys/key-ring.ts'
import { systemRandomBytes } from '../app/support/random.ts'
import { changeKeys } from './change-keys.ts'

const [command = '', id = ''] = process.argv.slice(2)
const fresh = formatKey(
  `k${new Date().toISOString().slice(0, 10)}-${suffix()}`,
  systemRandomBytes(32),
)

if (command === 'new') console.log(fresh)
else run()

function run(): void {
  const path = keyFilePath()
  if (path === undefined)
    return refuse('TASKR_KEYS must be file:/path, in the environment or in .env.')
  const reading = readKeyFile(path)
  if (reading.kind === 'refused') return refuse(reading.problem)
  const status = existsSync(statusPathOf(path)) ? readFileSync(statusPathOf(path), 'utf8') : '{}'
  if (command === 'status') {
    console.log(
      `In the ring, first seals: ${reading.ring.ids.join(', ')}\nSealed values by key: ${status.trim()}`,
    )
    return
  }
  const change = changeKeys(readFileSync(path, 'utf8'), { command, id, fresh, status })
  if (change.kind === 'refused') return refuse(change.problem)
  try {
    replaceFile(path, change.text)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return refuse(
      `The key file cannot be replaced (${code}). Nothing was changed; run as its owner.`,
    )
  }
  console.log(change.said)
}

function keyFilePath(): string | undefined {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {}
  const text = process.env['TASKR_KEYS'] ?? file['TASKR_KEYS'] ?? ''
  return text.startsWith('file:') ? text.slice('file:'.length) : undefined
}

function refuse(problem: string): void {
  console.error(problem)
  process.exitCode = 1
}

function suffix(): string {
  return Buffer.from(systemRandomBytes(2)).toString('hex')
}
