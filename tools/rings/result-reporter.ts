// A reporter for `node --test` that writes a line of JSON per file: how many tests passed, failed and were skipped, and
// how long they took.
import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { z } from 'zod'
import { root } from './test-files.ts'

export const fileResultSchema = z.object({
  path: z.string(),
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  ms: z.number(),
})

export type FileResult = z.output<typeof fileResultSchema>

/** The runner takes a reporter by its default export. */
// oxlint-disable-next-line import/no-default-export
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const results = new Map<string, FileResult>()
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    const { file = '', nesting, details, skip } = event.data
    const path = relative(root, file)
    const before = results.get(path) ?? { path, passed: 0, failed: 0, skipped: 0, ms: 0 }
    const isTest = details.type !== 'suite'
    const isSkipped = skip !== undefined
    results.set(path, {
      path,
      passed: before.passed + Number(isTest && !isSkipped && event.type === 'test:pass'),
      failed: before.failed + Number(isTest && event.type === 'test:fail'),
      skipped: before.skipped + Number(isTest && isSkipped),
      ms: before.ms + (nesting === 0 ? details.duration_ms : 0),
    })
  }
  for (const result of results.values()) yield `${JSON.stringify(result)}\n`
}
