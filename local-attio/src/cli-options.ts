// Parses and checks the options of the command line.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { registration } from './control/registration.ts'
import { seedNames, type Seed } from './seed/seed.ts'
import { readWorldState } from './seed/world-file.ts'
import type { StartOptions } from './start.ts'

export const usage = `local-attio: an Attio on your own machine

  --port <number>      where to listen; 0 takes a free port (default: 3060)
  --host <address>     on which address (default: 127.0.0.1)
  --origin <url>       its address as others reach it (default: http://localhost:<port>)
  --allow-host <name>  answer under this host name, too; may be repeated
  --allow-control-from <range>
                       let these callers use /_control, such as 172.16.0.0/12; may be repeated
  --data <file>        keep the world in this file (default: in memory)
  --seed <seed>        what to begin with: ${seedNames.join(', ')},
                       or a JSON file that was saved from a local Attio
  --apps <file>        a JSON list of apps, with client ids and secrets if you like
  --rate-limits <limits>
                       off, or such as reads=10,writes=5,tasks.list=2 (default: Attio's)
  --shapes <shapes>    seen or documented: whose word counts where Attio's answers and its
                       document disagree (default: seen)
  --strict             refuse unknown members of every body (Attio ignores most)
  --json               print one line of JSON when it is ready: { "url", "port", "pid" }
  --help               this text
`

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'start'; readonly options: StartOptions; readonly isJson: boolean }

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const
const flag = { type: 'boolean', default: false } as const

/** Throws an Error that names the invalid option. */
export function readCommand(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { ...text, default: '3060' },
      host: { ...text, default: '127.0.0.1' },
      origin: text,
      'allow-host': texts,
      'allow-control-from': texts,
      data: text,
      seed: { ...text, default: 'standard' },
      apps: text,
      'rate-limits': text,
      shapes: { ...text, default: 'seen' },
      strict: flag,
      json: flag,
      help: flag,
    },
  })
  if (values.help) return { kind: 'help' }
  const { origin, data, apps, 'rate-limits': limits } = values
  const options: StartOptions = {
    port: readPort(values.port),
    host: values.host,
    seed: readSeed(values.seed),
    shapes: readShapes(values.shapes),
    strict: values.strict,
    allowedHosts: values['allow-host'] ?? [],
    allowControlFrom: values['allow-control-from'] ?? [],
    ...(origin !== undefined && { origin: readOrigin(origin) }),
    ...(data !== undefined && { data }),
    ...(apps !== undefined && { apps: readApps(apps) }),
    ...(limits !== undefined && { rateLimits: readRateLimits(limits) }),
  }
  return { kind: 'start', options, isJson: values.json }
}

function readPort(text: string): number {
  const port = z.coerce.number().int().min(0).max(65_535).safeParse(text)
  if (port.success && text.trim() !== '') return port.data
  throw new Error(`--port ${text}: not a port.`)
}

function readOrigin(text: string): string {
  const url = URL.parse(text)
  if (url && /^https?:$/.test(url.protocol)) return url.origin
  throw new Error(`--origin ${text}: not an address such as http://attio:3060.`)
}

function readSeed(text: string): Seed {
  return seedNames.find((name) => name === text) ?? fromFile('--seed', text, readWorldState)
}

function readApps(file: string): z.output<typeof registration>[] {
  return fromFile('--apps', file, (text) => {
    const read = z.array(registration).safeParse(JSON.parse(text))
    if (read.success) return read.data
    throw new Error(z.prettifyError(read.error))
  })
}

/** Reads a file. Throws an Error that names the option and the file when it is absent or malformed. */
function fromFile<Result>(option: string, file: string, read: (text: string) => Result): Result {
  try {
    return read(readFileSync(file, 'utf8'))
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${option} ${file}: ${problem}`, { cause })
  }
}

function readShapes(text: string): 'seen' | 'documented' {
  if (text === 'seen' || text === 'documented') return text
  throw new Error(`--shapes ${text}: choose seen or documented.`)
}

/** Parses "off", or limits per second by name; a name with a dot is an operation. */
function readRateLimits(text: string): NonNullable<StartOptions['rateLimits']> {
  if (text === 'off') return false
  const limits = text.split(',').map((part): [string, number] => {
    const [, name, count] = /^(reads|writes|[\w-]+\.[\w-]+)=(\d+)$/.exec(part) ?? []
    if (name !== undefined && count !== undefined) return [name, Number(count)]
    throw new Error(`--rate-limits ${text}: write off, or such as reads=10,tasks.list=2.`)
  })
  const { reads, writes, ...perOperation } = Object.fromEntries(limits)
  return {
    perOperation,
    ...(reads !== undefined && { reads }),
    ...(writes !== undefined && { writes }),
  }
}
