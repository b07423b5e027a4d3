// Compares the list of operations, their scopes and their closed objects with Attio's own document,
// which this project does not contain: node local-attio/tools/check-openapi.ts [path or address]
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { operationEntries, type OperationName } from '../src/api/operations/operations.ts'
import { documentedCount } from '../src/api/operations/supported-document.ts'
import { unsupportedOperations } from '../src/api/operations/unsupported.ts'
import { closedObjects } from '../src/api/requests/closed-objects.ts'
import { closedObjectsOf } from './closed-objects-of.ts'

const published = 'https://api.attio.com/openapi/api'

const operation = z.object({
  security: z.array(z.object({ oauth2: z.array(z.string()).optional() })).optional(),
  requestBody: z.unknown().optional(),
})
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }).optional(),
})

type Theirs = ReadonlyMap<string, z.infer<typeof operation>>

const [source = published] = process.argv.slice(2)
const { paths, components } = document.parse(JSON.parse(await read(source)))
const theirs: Theirs = new Map(
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, one]) => [`${method.toUpperCase()} ${path}`, one] as const,
    ),
  ),
)
const differences = [...missing(theirs), ...operationEntries.flatMap(([name]) => compare(name))]
for (const difference of differences) console.log(difference)
console.log(`${theirs.size} operations there, ${documentedCount} documented ones here.`)
console.log(`${differences.length} differences from ${source}.`)
process.exitCode = differences.length === 0 ? 0 : 1

async function read(pathOrAddress: string): Promise<string> {
  if (!/^https?:/.test(pathOrAddress)) return readFile(pathOrAddress, 'utf8')
  const response = await fetch(pathOrAddress, { signal: AbortSignal.timeout(30_000) })
  if (!response.ok) throw new Error(`${pathOrAddress} answered ${response.status}.`)
  return response.text()
}

/** Returns the document's operations that our lists lack. */
function missing(all: Theirs): string[] {
  const ours = new Set([
    ...operationEntries.map(([, one]) => `${one.method} ${one.path}`),
    ...unsupportedOperations.map((one) => one.join(' ')),
  ])
  return Array.from(all.keys())
    .filter((name) => !ours.has(name))
    .map((name) => `${name}: in their document, in no list of ours`)
}

function compare(name: OperationName): string[] {
  const found = operationEntries.find(([one]) => one === name)?.[1]
  const key = `${found?.method} ${found?.path}`
  const their = theirs.get(key)
  if (!their) return found?.since === undefined ? [`${key}: not in their document`] : []
  const scopes = their.security?.flatMap((one) => one.oauth2 ?? []) ?? []
  const closed = closedObjectsOf(their.requestBody, components?.schemas ?? {})
  return [
    ...differ(`${key}: scopes`, found?.scopes ?? [], scopes),
    ...differ(`${key}: closed objects`, closedObjects[name] ?? [], closed),
  ]
}

function differ(what: string, ours: readonly string[], others: readonly string[]): string[] {
  const [left, right] = [ours, others].map((list) => list.toSorted().join(' '))
  return left === right ? [] : [`${what} "${left}" here, "${right}" there`]
}
