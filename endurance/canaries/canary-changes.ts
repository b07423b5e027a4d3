// Changes tasks in Taskr, and sends Taskr genuine and forged deliveries.
import assert from 'node:assert/strict'
import { connectionIdsIn } from '../../testing/in-process/page-text.ts'
import {
  addTask,
  bodyOf,
  deliver,
  webhooksAtAttio,
} from '../../testing/in-process/webhook-deliveries.ts'
import type { Recording } from './canary-record.ts'
import { assertIs, type Person } from './canary-steps.ts'

export async function changeAndHear(recording: Recording, { browser }: Person): Promise<void> {
  const { world } = recording
  const [connectionId = ''] = await connectionIdsIn(browser)
  const form = { requestKey: 'canary-request-key', returnTo: '/' }
  assertIs(
    await browser.post('/tasks', {
      ...form,
      connectionId,
      content: 'Sing',
      date: '',
      isMine: 'yes',
    }),
    303,
  )
  await world.advanceUntil(world.taskr.parts.changes.sendDue())
  const task = addTask(world, 'Fly')
  await world.delivered()
  assert.match((await browser.get('/?view=open')).body, /Fly/)
  const one = `/tasks/${connectionId}/${task.id}`
  assertIs(await browser.get(one), 200)
  assertIs(await browser.post(`${one}/completion`, { ...form, isCompleted: 'yes' }), 303)
  await world.advanceUntil(world.taskr.parts.changes.sendDue())
  const [webhook] = webhooksAtAttio(world)
  assert.ok(webhook)
  const body = bodyOf(webhook, task.id)
  const headers = { 'attio-signature': webhook.secret }
  assert.notEqual(await deliver(world, webhook, { body, headers }), 202)
  const url = `${webhook.targetUrl.slice(0, -1)}x?${webhook.secret}`
  assert.notEqual(await deliver(world, webhook, { body, url }), 202)
  assert.equal(await deliver(world, webhook, { body: `{"${webhook.secret}": 7` }), 202)
  await world.delivered()
  await recording.keepDatabase('with a webhook')
}
