// `npm run taskr -- …`: the operator's commands. Settings come from the environment or from .env, as for `npm start`.
import { resolve } from 'node:path'
import { systemClock } from '../app/support/clock.ts'
import { readEnvFile } from './env-file.ts'
import { runCommand } from './operator/commands.ts'

process.chdir(resolve(import.meta.dirname, '..'))
const file = readEnvFile('.env')
if (file.kind === 'refused') {
  console.error(file.problem)
  process.exitCode = 1
} else {
  process.exitCode = await runCommand(
    {
      environment: { ...file.environment, ...process.env },
      clock: systemClock,
      fetch: globalThis.fetch,
      say: (line) => console.log(line),
      complain: (line) => console.error(line),
    },
    process.argv.slice(2),
  )
}
