// Compares our list of operations with the vendor's own document, which this project does not
// contain: node local-attio/tools/check-openapi.ts [path or address]
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { operationEntries } from '../src/api/operations/operations.ts'
import { unsupportedOperations } from '../src/api/operations/unsupported.ts'

const published = 'https://api.attio.com/openapi/api'

const document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        security: z.array(z.object({ oauth2: z.array(z.string()).optional() })).optional(),
      }),
    ),
  ),
})

const [source = published] = process.argv.slice(2)
const differences = compare(document.parse(JSON.parse(await read(source))))
for (const difference of differences) console.log(difference)
console.log(
  differences.length === 0
    ? `Nothing differs from ${source}.`
    : `${differences.length} differences from ${source}.`,
)
process.exitCode = differences.length === 0 ? 0 : 1

async function read(pathOrAddress: string): Promise<string> {
  if (!/^https?:/.test(pathOrAddress)) return readFile(pathOrAddress, 'utf8')
  const response = await fetch(pathOrAddress, { signal: AbortSignal.timeout(30_000) })
  if (!response.ok) throw new Error(`${pathOrAddress} answered ${response.status}.`)
  return response.text()
}

function compare({ paths }: z.infer<typeof document>): string[] {
  const supported = new Map<string, readonly string[]>(
    operationEntries.map(([, one]) => [`${one.method} ${one.path}`, one.scopes] as const),
  )
  const unsupported = new Set<string>(unsupportedOperations.map((one) => one.join(' ')))
  const theirs = new Map<string, readonly string[]>(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) =>
          [
            `${method.toUpperCase()} ${path}`,
            operation.security?.flatMap((one) => one.oauth2 ?? []) ?? [],
          ] as const,
      ),
    ),
  )
  const found: string[] = []
  for (const [name, scopes] of theirs) {
    const ours = supported.get(name)
    if (!ours && !unsupported.has(name))
      found.push(`${name}: in their document, in no list of ours`)
    if (ours && ours.toSorted().join() !== scopes.toSorted().join()) {
      found.push(`${name}: scopes ${ours.join(' ')} here, ${scopes.join(' ')} there`)
    }
  }
  for (const name of supported.keys()) {
    if (!theirs.has(name)) found.push(`${name}: supported here, not in their document`)
  }
  return found
}
