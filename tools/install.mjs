// Makes a fresh clone runnable, then hands over: installs what package-lock.json names when that has not
// happened yet, and runs the given script on the Node that arrived with it. Plain JavaScript, because it
// may run on whatever Node the machine has (18 or newer).
//
//   node tools/install.mjs tools/start.ts [arguments]
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'node_modules', '.installed-lock')
const ownNode = join(root, 'node_modules', 'node', 'bin', 'node')
const [script = 'tools/start.ts', ...args] = process.argv.slice(2)

if (!isInstalled()) install()
if (runsTypeScript()) {
  endWithNpm(() => process.kill(process.pid, 'SIGTERM'))
  process.argv = [process.execPath, join(root, script), ...args]
  await import(pathToFileURL(join(root, script)).href)
} else {
  handOver()
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

function install() {
  console.log('Installing what package-lock.json names (only when it changed) …')
  const npm = process.env.npm_execpath
  const quiet = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...quiet], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', quiet, { cwd: root, stdio: 'inherit' })
  if (done.status !== 0)
    stop('The install did not finish: npm says why above. Nothing was started.')
  writeFileSync(stamp, lockHash())
}

function runsTypeScript() {
  return Number(process.versions.node.split('.')[0]) >= 26
}

function handOver() {
  if (!existsSync(ownNode))
    stop(
      'Node 26 is missing: its package has none for this machine. Install Node 26 and try again.',
    )
  const child = spawn(ownNode, [join(root, script), ...args], { cwd: root, stdio: 'inherit' })
  child.on('error', (error) => stop(`Node 26 did not start: ${error.message}`))
  // Ctrl-C reaches the child by itself; a kill of this process must be passed on.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  endWithNpm(() => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

function stop(message) {
  console.error(message)
  process.exit(1)
}

/** npm passes a signal on to a shell that keeps it for itself: when that is gone, the signal was meant for us. */
function endWithNpm(end) {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  const looking = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(looking)
    end()
  }, 250)
  looking.unref()
}
