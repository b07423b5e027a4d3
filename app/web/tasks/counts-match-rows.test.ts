// Every number beside a view is the number of rows that the view lists, under every combination of filters.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { connect, createWorld, type World } from '../../../testing/in-process/testbed.ts'

const views = ['overdue', 'today', 'upcoming', 'no-date', 'open', 'done'] as const
/** The views with a number beside them. */
const labels = [
  ['overdue', 'Overdue'],
  ['today', 'Today'],
  ['upcoming', 'Upcoming'],
  ['no-date', 'No date'],
  ['open', 'Open'],
] as const
const dueGroups = ['overdue', 'today', 'upcoming', 'no-date'] as const

suite('counts', () => {
  test('with every filter, each count is the number of rows of its view', async () => {
    await using world = await createWorld({ attio: { seed: 'standard' } })
    const jo = await world.connected()
    await connect(world.attio, jo, { workspace: 'globex' })
    await world.taskr.idle()
    let listed = 0
    for (const filters of await combinations(world, jo)) {
      const named = JSON.stringify(filters)
      const seen = await Promise.all(
        views.map(async (view) => [view, await read(jo, filters, view)] as const),
      )
      const rows = new Map(seen.map(([view, { ids }]) => [view, ids.length]))
      for (const [view, { body }] of seen) {
        for (const [of, label] of labels) {
          const words = `${named}: ${of}, seen from ${view}`
          assert.equal(countBeside(body, label), rows.get(of), words)
        }
      }
      const open = dueGroups.reduce((sum, group) => sum + (rows.get(group) ?? 0), 0)
      assert.equal(rows.get('open'), open, named)
      listed += open
    }
    assert.ok(listed > 50, `${listed} rows`)
  })
})

type Filters = Readonly<Record<string, string>>

/** Returns no filter, each filter alone, and some together. */
async function combinations(world: World, jo: Browser): Promise<readonly Filters[]> {
  const { connectionId: acme } = await world.ownerOf(jo, 'acme')
  const { connectionId: globex } = await world.ownerOf(jo, 'globex')
  const linked = world.attio.control.world.tasks.all().flatMap((task) => task.linkedRecords)
  const record = linked[0]?.recordId ?? assert.fail()
  const member = standard.members.benAtAcme
  const whose = 'everyone'
  return [
    {},
    { whose },
    { whose: 'unassigned' },
    { workspace: globex },
    { workspace: acme, whose },
    { member, whose },
    { record, whose },
    { q: 'the', whose },
    { q: 'the', workspace: acme },
    { q: 'the', whose, member, workspace: acme },
    { record, workspace: globex, whose },
  ]
}

/** Reads a view with its rows, of all its pages. Today also lists other days, whose rows are left out. */
async function read(jo: Browser, filters: Filters, view: string) {
  const at = async (page: number) => {
    const query = new URLSearchParams({ ...filters, view, page: String(page) })
    const answer = await jo.get(`/?${query.toString()}`)
    assert.equal(answer.status, 200, answer.body)
    return answer.body
  }
  const body = await at(1)
  if (view === 'today') return { body, ids: idsIn(group(body, 'group-today')) }
  const pages = Number(/Page \d+ of (\d+)/.exec(body)?.[1] ?? 1)
  const others = await Promise.all(Array.from({ length: pages - 1 }, (_, page) => at(page + 2)))
  return { body, ids: [...new Set([body, ...others].flatMap(idsIn))] }
}

function group(body: string, id: string): string {
  const [, after = ''] = body.split(`aria-labelledby="${id}"`)
  return after.split('</ol>')[0] ?? ''
}

function idsIn(body: string): readonly string[] {
  return [...body.matchAll(/<li\s+class="task"\s+id="task-([^"]+)"/g)].map(([, id]) => id ?? '')
}

function countBeside(body: string, label: string): number {
  const [, link = ''] = body.split(`<span class="label">${label}</span>`)
  return Number(/^<span class="count"[^>]*>([\d,]+)</.exec(link)?.[1]?.replaceAll(',', '') ?? 0)
}
