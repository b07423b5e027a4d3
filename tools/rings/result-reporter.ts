// A reporter for `node:test` that writes a line of JSON per file: how many tests passed, failed and were skipped.
import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { z } from 'zod'
import { root } from './test-files.ts'

export const fileResultSchema = z.object({
  path: z.string(),
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
})

export type FileResult = z.output<typeof fileResultSchema>

/** Begins the name of the test that run-queue.ts adds after those of each file, before the file's path. */
export const endOfFile = 'End of '

/** The runner takes a reporter by its default export. */
// oxlint-disable-next-line import/no-default-export
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  // By the file that defines the tests, which for shared suites is not the one that was run.
  const results = new Map<string, FileResult>()
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    const { name, file = '', nesting, details, skip } = event.data
    if (nesting === 0 && name.startsWith(endOfFile)) {
      yield line(sumOf(name.slice(endOfFile.length), [...results.values()]))
      results.clear()
      continue
    }
    const path = relative(root, file)
    const isTest = details.type !== 'suite'
    const isSkipped = skip !== undefined
    const result = {
      path,
      passed: Number(isTest && !isSkipped && event.type === 'test:pass'),
      failed: Number(isTest && event.type === 'test:fail'),
      skipped: Number(isTest && isSkipped),
    }
    results.set(path, sumOf(path, [result, ...[results.get(path) ?? []].flat()]))
  }
  for (const result of results.values()) yield line(result)
}

function sumOf(path: string, results: readonly FileResult[]): FileResult {
  const sum = (of: 'passed' | 'failed' | 'skipped'): number =>
    results.reduce((total, result) => total + result[of], 0)
  return { path, passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

function line(result: FileResult): string {
  return `${JSON.stringify(result)}\n`
}
