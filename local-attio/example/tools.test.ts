// Runs the examples in other languages with their own tools, where those are installed.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { startLocalAttio } from '@taskr/local-attio'

const run = promisify(execFile)

const tools = [
  ['pytest', '-q', '-p', 'no:cacheprovider', 'pytest'],
  ['go', 'test', './go'],
  ['rspec', 'rspec'],
] as const

suite('an example passes with its own tool', () => {
  for (const [tool, ...args] of tools) {
    const skip = isInstalled(tool) ? false : `${tool} is not installed`
    test(`${tool} ${args.join(' ')}`, { skip }, async () => {
      const attio = await startLocalAttio({ port: 0 })
      const ours = { LOCAL_ATTIO_URL: attio.url, GO111MODULE: 'off', PYTHONDONTWRITEBYTECODE: '1' }
      try {
        await run(tool, args, { cwd: import.meta.dirname, env: { ...process.env, ...ours } })
      } finally {
        await attio.stop()
      }
    })
  }
})

function isInstalled(tool: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.some((folder) => existsSync(join(folder, tool)))
}
