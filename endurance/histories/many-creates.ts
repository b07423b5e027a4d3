// Creates many tasks while three of ten requests fail, half of those after Attio has done the work. In the end each task
// exists exactly once.
import assert from 'node:assert/strict'
import { startChanging } from '../../testing/in-process/task-changes.ts'
import { createWorld } from '../../testing/in-process/testbed.ts'

/** Three of ten requests fail, on every method. */
const faults = [
  { reset: 'after-commit' },
  { status: 500, commit: true },
  { truncate: 20 },
  { reset: 'before-commit' },
  { status: 503 },
  { status: 429 },
] as const

/** Creates tasks, some with the same text as another. Returns how often each fault occurred. */
export async function createMany(
  count: number,
  databaseUrl?: string,
): Promise<readonly { readonly answer: string; readonly met: number }[]> {
  await using world = await createWorld({
    ...(databaseUrl !== undefined && { databaseUrl }),
    attio: { seed: 'no-tasks' },
  })
  const { create, failed, inAttio, settle, shown } = await startChanging(world)
  const rules = world.attio.control.faults
  for (const [at, answer] of faults.entries()) {
    rules.add({ path: '/v2/*', probability: 0.058, seed: at + 1, answer })
  }
  const contents = Array.from({ length: count }, (_, number) => `Task ${number % (count - 5)}`)
  for (const content of contents) assert.equal((await create(content)).kind, 'recorded')
  await settle(48 * 3_600_000)
  assert.deepEqual(await failed(), [])
  const atAttio = inAttio().map(({ content }) => content)
  assert.deepEqual(atAttio.toSorted(), contents.toSorted())
  assert.deepEqual((await shown()).map(({ content }) => content).toSorted(), contents.toSorted())
  return rules.list().map(({ fault, met }) => ({ answer: JSON.stringify(fault.answer), met }))
}
