// Pressing Connect costs a person nothing, so it must cost Taskr little.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Database } from '../../database/open-database.ts'
import { asConnectionId, asWorkspaceId } from '../../support/ids.ts'
import { changeStored, countRows } from '../../../testing/in-process/stored-bytes.ts'
import { connect, createWorld } from '../../../testing/in-process/testbed.ts'

/** The full flood: PRESSES=10000 node --test app/connections/connecting/connect-limits.test.ts */
const flood = Number(process.env['PRESSES'] ?? 1_000)

const beginning = '/integrations/attio/connect'

onEachEngine('limits on connecting', (_open, engine) => {
  const presses = engine.name === 'sqlite' ? flood : Math.ceil(flood / 5)

  test(`OA-09 H-31 ${presses} attempts to connect leave five rows; most are refused with a time to come back`, async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.signedUp()
    const statuses = new Map<number, number>()
    for (let press = 0; press < presses; press++) {
      const { status, headers } = await jo.post(beginning)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status === 429) assert.match(headers.get('retry-after') ?? '', /^[1-9]\d{0,2}$/)
    }
    assert.deepEqual(
      [...statuses],
      [
        [303, 20],
        [429, presses - 20],
      ],
    )
    assert.equal(await countRows(world.config.databaseUrl, 'authorization_requests'), 5)
    const eve = await world.signedUp('eve')
    assert.equal((await connect(world.attio, eve)).status, 303)
  })

  test('OA-09 an address is limited across all its accounts', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const people = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => world.signedUp(`jo-${name}`)),
    )
    for (const person of people) person.address = '203.0.113.7'
    const statuses: number[] = []
    for (let press = 0; press < 80; press++) {
      statuses.push((await people[press % 4]?.post(beginning))?.status ?? 0)
    }
    assert.equal(statuses.indexOf(429), 60)
    assert.equal(statuses.filter((status) => status === 303).length, 60)
  })

  test('OA-09 five requests from a node whose clock is ahead do not stop a person from connecting', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.signedUp()
    for (let press = 0; press < 5; press++) await jo.post(beginning)
    // Ids begin with their creation time.
    await changeStored(
      world.config.databaseUrl,
      `update authorization_requests
        set authorization_request_id = 'f' || substr(authorization_request_id, 2)`,
    )
    assert.equal((await connect(world.attio, jo)).status, 303)
  })

  test('OA-01 refused callbacks do not fill the audit log', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.signedUp()
    for (let sent = 0; sent < 200; sent++)
      await jo.get(`/integrations/attio/callback?code=a&state=${sent}`)
    assert.ok((await countRows(world.config.databaseUrl, 'events')) <= 25)
  })
})

test('an account with fifty workspaces cannot connect another, but can reconnect one', async () => {
  let opened: Database | undefined
  await using world = await createWorld({ betweenDatabase: (database) => (opened = database) })
  const jo = await world.connected()
  const owner = await world.ownerOf(jo)
  assert.ok(opened !== undefined)
  const { db } = opened
  const row = await db.selectFrom('connections').selectAll().executeTakeFirstOrThrow()
  for (let number = 1; number < 50; number++) {
    await db
      .insertInto('connections')
      .values({
        ...row,
        connection_id: asConnectionId(`${row.connection_id}-${number}`),
        workspace_id: asWorkspaceId(`${row.workspace_id}-${number}`),
      })
      .execute()
  }
  const refused = await jo.post(beginning)
  assert.equal(refused.status, 409)
  assert.match(refused.body, /You have 50 workspaces/)
  assert.equal((await jo.post(beginning, { connection: owner.connectionId })).status, 303)
})
