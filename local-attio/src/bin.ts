#!/usr/bin/env -S node --max-semi-space-size=8 --heap-growing-percent=20
// The command line: npx local-attio --port 3060 --seed world.json --data file
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { seedNames, type Seed } from './seed/seed.ts'
import { readWorldState } from './seed/world-file.ts'
import { startLocalAttio } from './start.ts'
import { DataFileError } from './world/data-file.ts'

const usage = `local-attio: an Attio on your own machine

  --port <number>   where to listen (default: 3060)
  --host <address>  on which address (default: 127.0.0.1)
  --data <file>     keep the world in this file (default: in memory)
  --seed <seed>     what to begin with: ${seedNames.join(', ')},
                    or a JSON file that was saved from a local Attio
  --strict          refuse unknown members of every body (Attio ignores most)
  --help            this text
`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3060' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string' },
    seed: { type: 'string', default: 'standard' },
    strict: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(usage)
else await run()

async function run(): Promise<void> {
  try {
    const attio = await startLocalAttio({
      port: Number(values.port),
      host: values.host,
      seed: seedOf(values.seed),
      strict: values.strict,
      ...(values.data !== undefined && { data: values.data }),
    })
    console.log(`Local Attio: ${attio.url}`)
    const stop = (): void => void attio.stop()
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  } catch (error) {
    console.error(problemOf(error))
    process.exitCode = 1
  }
}

function seedOf(text: string): Seed {
  const name = seedNames.find((one) => one === text)
  return name ?? readWorldState(readFileSync(text, 'utf8'))
}

function problemOf(error: unknown): string {
  if (error instanceof DataFileError) return error.message
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (isTaken) return `Port ${values.port} is taken. Choose another with --port.`
  return error instanceof Error ? error.message : String(error)
}
