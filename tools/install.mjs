// Makes a fresh clone runnable, then hands over: installs what package-lock.json names when nothing is installed yet,
// and runs the given script on the Node that arrived with it. Plain JavaScript, because it may run on any Node that
// the machine has (18 or newer).
//
//   node tools/install.mjs tools/start.ts [arguments]
//   node tools/install.mjs --dev tools/test.ts [arguments]      for scripts that need devDependencies
import { spawn, spawnSync } from 'node:child_process'
import module from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { findNode } from './find-node.mjs'
import { findInstalled } from './installed.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const needsDev = process.argv[2] === '--dev'
const [script = 'tools/start.ts', ...args] = process.argv.slice(needsDev ? 3 : 2)
const production = process.env.NODE_ENV === 'production'

installIfNeeded()
if (needsDev) keepCompiledCode()
const node = findNode(root)
if (node === undefined) {
  stop('Node 26 is missing: its package has none for this machine. Install Node 26 and try again.')
} else if (node === process.execPath) {
  endWithNpm(() => process.kill(process.pid, 'SIGTERM'))
  process.argv = [process.execPath, join(root, script), ...args]
  await import(pathToFileURL(join(root, script)).href)
} else {
  handOver(node)
}

/** Installs packages on a fresh clone. In production it never changes packages that a running Taskr may be using. */
function installIfNeeded() {
  const installed = findInstalled(root)
  if (installed === 'all' || (installed === 'production' && !needsDev)) return
  if (installed === 'production')
    stop(
      `This needs packages that only development installs. Stop Taskr, if it runs from here, then: npm ci --include=dev`,
    )
  if (installed === 'other' && production)
    stop('node_modules is not what package-lock.json names. Stop Taskr, then: npm ci --omit=dev')
  install()
}

function install() {
  console.log('Installing what package-lock.json names (only when it changed) …')
  const scope = production && !needsDev ? '--omit=dev' : '--include=dev'
  const npmArgs = ['ci', scope, '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...npmArgs], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', npmArgs, { cwd: root, stdio: 'inherit' })
  if (done.status !== 0)
    stop('The install did not finish: npm says why above. Nothing was started.')
}

/** Lets Node keep sources without their types: removing the types takes half of the time in which a script starts. */
function keepCompiledCode() {
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled')
  // A Node that is too old for it only hands over.
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)
}

function handOver(node) {
  const child = spawn(node, [join(root, script), ...args], { cwd: root, stdio: 'inherit' })
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

/** Ends when npm's shell ends, because npm sends signals to that shell, which does not pass them on. */
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
