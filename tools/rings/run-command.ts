// Runs a program of this repository and says how it ended.
import { spawn } from 'node:child_process'
import { root } from './test-files.ts'

export interface CommandResult {
  readonly code: number
  /** Standard output and standard error, in the order in which they came; empty when they were shown at once. */
  readonly output: string
}

/** Runs a program. With `quiet` its output is collected instead of shown, for programs that run in parallel. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { env = {}, quiet = false }: { readonly env?: NodeJS.ProcessEnv; readonly quiet?: boolean } = {},
): Promise<CommandResult> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    env: { ...process.env, ...env },
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.on('error', reject)
  child.on('close', (code) => resolve(code ?? 1))
  return { code: await promise, output: output.join('') }
}
