// What a first visit to a list sends: the page, its styles, script and icon, and the event stream that stays open.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { createWorld, type World } from '../../../testing/in-process/testbed.ts'
import { compressPage } from './compress-page.ts'

const list = '/?view=open&whose=everyone'
const accepts = { 'accept-encoding': 'gzip, deflate, br, zstd' }
/** The seed completes some of its tasks. */
const seed = { tasks: 69 }

suite('a first visit to a list of 50 tasks', () => {
  test('sends at most 45 KB in at most 6 requests', async (t) => {
    await using world = await createWorld({ attio: { seed } })
    const jo = await world.connected()
    await world.delivered()
    const { body } = await jo.get(list)
    assert.equal(body.match(/class="task"/g)?.length, 50)
    const page = await jo.get(list, accepts)
    assert.equal(page.headers.get('content-encoding'), 'gzip')
    const html = Number(page.headers.get('content-length')) + bytesOfRandomIds(body)
    const files = new Set(body.match(/\/assets\/[\w.-]+/g))
    const assets = await Promise.all([...files].map((file) => bytesOf(world, file)))
    const total = assets.reduce((sum, bytes) => sum + bytes, html)
    const requests = 1 + assets.length + 1
    t.diagnostic(`${total} bytes (HTML ${html}, files ${assets.join(', ')}), ${requests} requests`)
    assert.ok(total <= 45_000, `${total} bytes`)
    assert.ok(requests <= 6)
  })
})

/** Attio's IDs are random. Those of the seed are alike, and compress better. */
function bytesOfRandomIds(page: string): number {
  const ids = new Map<string, string>()
  const random = page.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, (id) => {
    const known = ids.get(id) ?? randomUUID()
    ids.set(id, known)
    return known
  })
  const [plain, other] = [page, random].map((text) => compressPage([Buffer.from(text)], 0).bytes)
  assert.ok(plain !== undefined && other !== undefined)
  return other - plain
}

async function bytesOf(world: World, file: string): Promise<number> {
  const address = new URL(file, world.config.publicUrl)
  const answer = await world.taskr.fetch(new Request(address, { headers: accepts }))
  assert.equal(answer.status, 200)
  return (await answer.arrayBuffer()).byteLength
}
