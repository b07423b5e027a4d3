// Runs a program of this repository and says how it ended.
import { spawn } from 'node:child_process'
import { root } from './test-files.ts'

export interface CommandResult {
  readonly code: number
  /** Standard output and standard error, in the order in which they came; empty when they were shown at once. */
  readonly output: string
}

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly quiet?: boolean
  /** Answers each message of the program. */
  readonly answer?: () => object
}

/** Runs a program. With `quiet` its output is collected instead of shown, for programs that run in parallel. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { env = {}, quiet = false, answer }: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: [
      'ignore',
      quiet ? 'pipe' : 'inherit',
      quiet ? 'pipe' : 'inherit',
      ...(answer === undefined ? [] : ['ipc' as const]),
    ],
    env: { ...process.env, ...env },
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  if (answer !== undefined) child.on('message', () => void child.send(answer()))
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.on('error', reject)
  child.on('close', (code) => resolve(code ?? 1))
  return { code: await promise, output: output.join('') }
}
