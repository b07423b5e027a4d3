// Runs test files with `node:test`: many in one process, or each in a process of its own.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { longestFirst, readFileDurations, saveFileDurations } from './file-durations.ts'
import { fileResultSchema, type FileResult } from './result-reporter.ts'
import { runCommand } from './run-command.ts'
import { root } from './test-files.ts'

/** The time after which a hanging test fails, so that it does not block the others. */
const endsWithinMs = 300_000

export interface TestRun {
  readonly paths: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** How many processes run at a time. */
  readonly atOnce: number
  /** Shows every test, instead of those that fail. */
  readonly verbose?: boolean
}

export interface TestResult {
  readonly ok: boolean
  readonly files: readonly FileResult[]
}

/** Runs many files in each process; a process that has ended a file takes the next one. */
export async function runTogether({ paths, env, atOnce, verbose }: TestRun): Promise<TestResult> {
  const left = longestFirst(paths, readFileDurations())
  const took = new Map<string, number>()
  const runUntilNoneIsLeft = (): Promise<TestResult> =>
    runNode({
      args: [join(root, 'tools/rings/run-queue.ts')],
      env,
      verbose: verbose ?? false,
      quiet: true,
      answer: takeFiles(left, took),
    })
  const count = Math.min(atOnce, paths.length)
  const { ok, files } = merge(await Promise.all(Array.from({ length: count }, runUntilNoneIsLeft)))
  saveFileDurations(took)
  return { ok: ok && left.length === 0, files }
}

/** Returns what names the next file to a process, which asks when it has ended the one before. */
function takeFiles(left: string[], took: Map<string, number>): () => { readonly path?: string } {
  let running: { readonly path: string; readonly since: number } | undefined
  return () => {
    const now = performance.now()
    if (running !== undefined) took.set(running.path, Math.round(now - running.since))
    const path = left.shift()
    running = path === undefined ? undefined : { path, since: now }
    return path === undefined ? {} : { path }
  }
}

/** Runs each file in a process of its own, for tests that start processes or browsers. */
export async function runApart({ paths, env, atOnce, verbose }: TestRun): Promise<TestResult> {
  if (paths.length === 0) return { ok: true, files: [] }
  return await runNode({
    args: ['--test', `--test-concurrency=${atOnce}`, ...paths],
    env,
    verbose: verbose ?? false,
    quiet: false,
  })
}

export function merge(results: readonly TestResult[]): TestResult {
  return {
    ok: results.every(({ ok }) => ok),
    files: results.flatMap(({ files }) => files),
  }
}

async function runNode(run: {
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly verbose: boolean
  /** Shows the output only at the end, because several such processes run in parallel. */
  readonly quiet: boolean
  readonly answer?: () => object
}): Promise<TestResult> {
  const folder = await mkdtemp(join(tmpdir(), 'taskr-results-'))
  const results = join(folder, 'results')
  try {
    const args = [
      `--require=${join(root, 'tools/rings/skip-promise-tracking.ts')}`,
      `--test-timeout=${endsWithinMs}`,
      `--test-reporter=${run.verbose ? 'spec' : 'dot'}`,
      '--test-reporter-destination=stdout',
      `--test-reporter=${join(root, 'tools/rings/result-reporter.ts')}`,
      `--test-reporter-destination=${results}`,
      ...run.args,
    ]
    const env = {
      ...run.env,
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
    }
    const { code, output } = await runCommand(process.execPath, args, {
      env,
      quiet: run.quiet,
      ...(run.answer && { answer: run.answer }),
    })
    if (code !== 0 || run.verbose) process.stdout.write(output)
    const files = await readResults(results)
    return { ok: code === 0, files }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readResults(path: string): Promise<FileResult[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => fileResultSchema.parse(JSON.parse(line)))
}
