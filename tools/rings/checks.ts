// Types, lint and format.
import { join } from 'node:path'
import { runCommand } from './run-command.ts'
import { root } from './test-files.ts'

const bin = join(root, 'node_modules', '.bin')

/** Checks types in all folders, because types cross them; `places` narrows lint and format. */
export async function runChecks(places: readonly string[] = []): Promise<boolean> {
  const checks = [
    ['tsc', '-p', 'tsconfig.json', ...remembering('all')],
    ['tsc', '-p', 'attio', ...remembering('attio')],
    ['tsc', '-p', 'app/web/browser', ...remembering('browser')],
    ['oxlint', '--type-aware', '--deny-warnings', '--quiet', ...places],
    ['oxfmt', '--list-different', ...places],
  ] as const
  const results = await Promise.all(
    checks.map(async ([command, ...args]) => ({
      name: [command, ...args].join(' '),
      ...(await runCommand(join(bin, command), args, { quiet: true })),
    })),
  )
  const failed = results.filter(({ code }) => code !== 0)
  for (const { name, output } of failed) console.error(`${output}✖ ${name}`)
  return failed.length === 0
}

/** Lets the compiler check only what changed since the last run, and what depends on it. */
function remembering(name: string): readonly string[] {
  const file = join(root, 'node_modules', '.cache', 'types', `${name}.tsbuildinfo`)
  return ['--incremental', '--tsBuildInfoFile', file]
}
