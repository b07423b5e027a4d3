// Only the worker that holds a revocation's lease may record its result.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { createWorld } from '../../../testing/in-process/testbed.ts'
import { addAccountForTests } from '../../../testing/in-process/stored-account.ts'
import type { Db } from '../../database/tables.ts'
import { asAccountId, asConnectionId, asRevocationId } from '../../support/ids.ts'
import { addRevocation, claimDueRevocation, recordAttempt } from './revocation-store.ts'

suite('a revocation whose lease was taken over', () => {
  test('a revocation whose lease was taken over is in the audit log once, though both workers revoked the token', async () => {
    const asked = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    let revocations = 0
    await using world = await createWorld({
      fetch: (real) => async (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input)
        if (pathname !== '/oauth/revoke' || revocations++ > 0) return await real(input, init)
        asked.resolve()
        await goOn.promise
        return await real(input)
      },
    })
    const jo = await world.connected()
    const owner = await world.ownerOf(jo)
    const { connections, accounts } = world.taskr.parts
    const slow = connections.disconnect(owner)
    await asked.promise
    await world.clock.advance(61_000)
    assert.equal(await connections.revokeDue(), 1)
    goOn.resolve()
    await slow
    const { events } = await accounts.listEvents(owner.accountId, { limit: 100 })
    const told = events.map(({ kind }) => kind).filter((kind) => kind.startsWith('revo'))
    assert.deepEqual(told, ['revoked'])
  })
})

onEachEngine('a claim that waited for another worker to finish', (open) => {
  test('a lost lease leaves a revoked token revoked', async () => {
    const database = await open()
    const accountId = asAccountId('account')
    await addAccountForTests(database.db, accountId)
    const revocationId = asRevocationId('revocation')
    await addRevocation(database.db, accountId, {
      accountId,
      revocationId,
      connectionId: asConnectionId('connection'),
      workspaceName: 'Acme',
      sealedAccessToken: 'sealed',
      status: 'pending',
      attempts: 0,
      lastAnswer: undefined,
      nextAttemptAt: 0,
      createdAt: 0,
      finishedAt: undefined,
      webhook: undefined,
    })
    const first = await claimDueRevocation(database.db, { at: 1_000 })
    assert.ok(first)
    const written = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const finishing = database.transaction(async (db) => {
      const ended = { status: 'revoked', answer: 'revoked', nextAttemptAt: 1_000 } as const
      await recordAttempt(db, first, { ...ended, at: 2_000 })
      written.resolve()
      await goOn.promise
    })
    await written.promise
    let isSettled = false
    const claiming = claimDueRevocation(database.db, { at: 100_000 }).finally(() => {
      isSettled = true
    })
    while (database.engine === 'postgres' && !isSettled && !(await isAnyWaiting(database.db)));
    goOn.resolve()
    await finishing
    assert.equal(await claiming, undefined)
    const row = await database.db.selectFrom('revocations').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual([row.status, row.sealed_access_token], ['revoked', null])
  })
})

async function isAnyWaiting(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_locks where not granted`.execute(db)
  return rows.length > 0
}
