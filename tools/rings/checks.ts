// Types, lint and format.
import { join } from 'node:path'
import { runCommand } from './run-command.ts'
import { root } from './test-files.ts'

const bin = join(root, 'node_modules', '.bin')

/** Checks types in all folders, because types cross them; `places` narrows lint and format. */
export async function runChecks(places: readonly string[] = []): Promise<boolean> {
  const checks = [
    ['tsc', '-p', 'tsconfig.json'],
    ['tsc', '-p', 'attio'],
    ['tsc', '-p', 'app/web/browser'],
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
