// `npm run test:endurance -- <name> [options]` starts a run that is too long for the tests; without a name it lists the
// runs.
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const test = ['--test', '--test-timeout=3600000']

interface Run {
  /** For Node. */
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly shows: string
}

/** README.md has the figures. */
const runs: Readonly<Record<string, Run>> = {
  'hostile-callbacks': {
    args: ['hostile-callbacks/run.ts'],
    shows: 'a million hostile OAuth callbacks connect nothing',
  },
  interleavings: {
    args: ['interleavings/run.ts'],
    shows: 'ten thousand stories of two people in three tabs never mix up accounts',
  },
  seats: {
    args: ['seats/run.ts'],
    shows: 'four people in two workspaces never see a task outside their seat',
  },
  overlaps: {
    args: [...test, 'overlaps/overlaps.endurance.ts'],
    shows: 'a log-in during a change of the account ends as if one had come after the other',
  },
  histories: {
    args: ['histories/run.ts', 'histories'],
    shows: 'a thousand histories in which everything fails lose and double no change',
  },
  'many-creates': {
    args: ['histories/run.ts', 'creates'],
    shows: 'ten thousand new tasks arrive once while three of ten requests fail',
  },
  'failed-syncs': {
    args: [...test, '../app/sync/failed-syncs.test.ts'],
    environment: { FAILED_SYNCS: 'all' },
    shows: 'a sync that fails in any way at any of its requests deletes nothing, on both engines',
  },
  kills: {
    args: ['kills/run.ts'],
    shows: 'kill -9 at random moments and at every named point loses nothing',
  },
  fsync: { args: ['kills/fsync.ts'], shows: 'a change is on the disk before its answer is sent' },
  canaries: {
    args: [...test, 'canaries/canaries.test.ts'],
    shows: 'no secret is stored, logged or sent where it must not be',
  },
  proxies: {
    args: ['proxies/run.ts'],
    shows: 'nodes restart in turn behind nginx, HAProxy and Caddy without a failed request',
  },
  upgrade: {
    args: ['upgrade/run.ts'],
    shows:
      'the version before the newest migration serves beside this one without a failed request',
  },
  'restore-drill': {
    args: ['restore-drill/run.ts'],
    shows: 'a lost SQLite file is back from its backup within seconds',
  },
  'key-rotation': {
    args: [...test, 'key-rotation/key-rotation.test.ts'],
    shows: 'sealing keys rotate while Taskr serves, even when it is killed',
  },
  'delivery-load': {
    args: [...test, 'delivery-load/delivery-load.endurance.ts'],
    shows: 'webhook deliveries are answered at once, however many come',
  },
  'local-attio-examples': {
    args: ['local-attio-examples/run.ts'],
    shows: 'the examples of the local Attio run with their tools, on every Node it supports',
  },
  'answer-times': {
    args: ['answer-times/run.ts'],
    shows: 'the time of an answer does not tell whether an account exists',
  },
  'live-updates': {
    args: ['live-updates/run.ts'],
    shows: 'how soon an open page shows an edit, and what a thousand open pages cost',
  },
}

const [name = '', ...options] = process.argv.slice(2)
const run = runs[name]

if (run === undefined) {
  const width = Math.max(...Object.keys(runs).map((known) => known.length))
  if (name !== '') console.error(`There is no run ${name}.`)
  console.log('npm run test:endurance -- <name> [options]\n')
  for (const [known, { shows }] of Object.entries(runs))
    console.log(`  ${known.padEnd(width)}  ${shows}`)
  process.exitCode = name === '' ? 0 : 1
} else {
  const args = run.args.map((arg) => (arg.endsWith('.ts') ? join('endurance', arg) : arg))
  const child = spawn(process.execPath, [...args, ...options], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...run.environment },
  })
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
