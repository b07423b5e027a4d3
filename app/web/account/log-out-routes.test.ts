import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorld } from '../../../testing/in-process/testbed.ts'

test('logging out works without the database, and the old cookie stops working', async () => {
  let isBroken = false
  await using world = await createWorld({
    betweenDatabase: (database) => ({
      ...database,
      get db() {
        if (isBroken) throw new Error('the database is gone')
        return database.db
      },
      transaction: async (work) => {
        if (isBroken) throw new Error('the database is gone')
        return await database.transaction(work)
      },
    }),
  })
  const jo = await world.signedUp()
  const stolen = world.browser()
  stolen.cookies.set('taskr_session', jo.cookies.get('taskr_session') ?? '')
  assert.equal((await stolen.get('/settings')).status, 200)

  isBroken = true
  const answer = await jo.post('/logout')
  assert.equal(answer.status, 303)
  assert.equal(answer.location, '/login?reason=logged-out')
  assert.equal(jo.cookies.has('taskr_session'), false)

  isBroken = false
  assert.equal((await stolen.get('/settings')).status, 303)
  await world.restart()
  assert.equal((await stolen.get('/settings')).status, 303)
})

test('a form on another site cannot log a person out', async () => {
  await using world = await createWorld()
  const jo = await world.signedUp()
  const answer = await jo.post('/logout', {}, { 'sec-fetch-site': 'cross-site' })
  assert.equal(answer.status, 403)
  assert.equal((await jo.get('/settings')).status, 200)
})
