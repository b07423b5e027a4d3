// The mailbox exists in development only.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createWorld } from '../../../testing/in-process/testbed.ts'
import type { Database } from '../../database/open-database.ts'

suite('the mailbox', () => {
  test('mail in development is kept and shown, with its links and without being sent', async () => {
    const opened: Database[] = []
    await using world = await createWorld({
      betweenDatabase: (database) => {
        opened.push(database)
        return database
      },
    })
    const jo = await world.connected()
    const { accountId } = await world.ownerOf(jo)
    const { mail } = world.taskr.parts
    assert.match((await jo.get('/_mail')).body, /No mail yet/)
    const letter = {
      to: 'jo@acme.example',
      subject: 'Hello <b>',
      paragraphs: ['Look at https://evil.example/'],
      action: { label: 'Open', address: 'http://localhost:3050/settings?a=1' },
    }
    for (const { db } of opened) await mail.queue(db, accountId, { kind: 'notice', letter })
    await mail.sendDue()
    assert.match((await jo.get('/_mail')).body, /<a href="\/_mail\/1"><bdi>Hello &lt;b&gt;<\/bdi>/)
    const { body } = await jo.get('/_mail/1')
    assert.match(body, /<a href="\/settings\?a=1">/)
    assert.doesNotMatch(body, /href="https:\/\/evil/)
    assert.equal((await jo.get('/_mail/2')).status, 404)
  })

  test('production has no mailbox, and without a mail server sends nothing', async () => {
    await using world = await createWorld({ environment: { NODE_ENV: 'production' } })
    const jo = world.browser()
    assert.equal((await jo.get('/_mail')).status, 404)
    assert.equal((await jo.get('/_mail/1')).status, 404)
    assert.equal(world.taskr.parts.mail.isOn, false)
  })
})
