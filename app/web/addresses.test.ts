import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf, connectAddress, logInAddress, paths, taskListAddress } from './addresses.ts'

test('a name in an address cannot leave its segment', () => {
  const address = addressOf(paths.disconnection, { connectionId: '../../settings?x=1#y' })
  assert.equal(address, '/connections/..%2F..%2Fsettings%3Fx%3D1%23y/disconnection')
})

test('an inserted value is not expanded again', () => {
  assert.equal(
    addressOf(paths.connection, { connectionId: ':connectionId' }),
    '/connections/%3AconnectionId',
  )
})

test('the default list has the home address, and filters are in the query', () => {
  assert.equal(taskListAddress({ view: 'today', whose: 'mine', page: 1 }), '/')
  assert.equal(
    taskListAddress({ view: 'no-date', whose: 'everyone', workspace: 'a b', page: 3 }),
    '/?view=no-date&whose=everyone&workspace=a+b&page=3',
  )
})

test('a page to return to is always one query value', () => {
  const address = logInAddress({ returnTo: '/?view=done&page=2', reason: 'session-ended' })
  const { searchParams } = new URL(address, 'https://taskr.example')
  assert.equal(searchParams.get('returnTo'), '/?view=done&page=2')
  assert.equal(searchParams.get('reason'), 'session-ended')
  assert.equal([...searchParams].length, 2)
})

test('the reconnect address names its connection', () => {
  assert.equal(connectAddress(), '/integrations/attio/connect')
  assert.equal(connectAddress({ connection: '1' }), '/integrations/attio/connect?connection=1')
})
