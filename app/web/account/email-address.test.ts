import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { linkMailedTo, mailTo, secretOf } from '../../../testing/in-process/mail/kept-mail.ts'
import { readStoredBytes } from '../../../testing/in-process/stored-bytes.ts'
import { createWorld, password, type World } from '../../../testing/in-process/testbed.ts'

const jos = 'jo@acme.example'
const bens = 'ben@acme.example'
const day = 24 * 3_600_000

suite('the email address of an account', () => {
  test('an address given at sign-up is confirmed by the link mailed to it, once', async () => {
    await using world = await createWorld()
    const jo = await signedUpWith(world, jos)
    assert.match((await jo.get('/settings')).body, /Open the link mailed to <bdi>jo@acme/)
    const link = await linkMailedTo(world.taskr, jos)
    const other = world.browser()
    const opened = await other.get(link)
    assert.match(opened.body, /jo@acme\.example[^]*<bdi>jo<\/bdi>/)
    assert.match((await jo.get('/settings')).body, /Open the link/, 'opening changes nothing')
    const form = { link: secretOf(link) }
    assert.equal((await other.post('/email-address', form)).status, 200)
    assert.match((await jo.get('/settings')).body, /<bdi>jo@acme\.example<\/bdi> is confirmed/)
    assert.equal((await other.post('/email-address', form)).status, 404, 'used up')
    assert.equal((await other.get(link)).status, 404)
    assert.match((await mailTo(world.taskr, jos))[0]?.subject ?? '', /This is your Taskr address/)
  })

  test('a change needs the password and the new address’s link, and both addresses are told', async () => {
    await using world = await createWorld()
    const jo = await confirmedWith(world, jos)
    const change = (addressPassword: string) =>
      jo.post('/settings/email-address', { emailAddress: bens, addressPassword })
    assert.equal((await change('a wrong password')).status, 400)
    assert.equal((await mailTo(world.taskr, bens)).length, 0)
    assert.equal((await change(password)).status, 303)
    assert.match((await jo.get('/settings')).body, /mailed to <bdi>ben@acme/)
    const before = (await mailTo(world.taskr, jos)).length
    await jo.post('/email-address', { link: secretOf(await linkMailedTo(world.taskr, bens)) })
    assert.match((await mailTo(world.taskr, bens))[0]?.subject ?? '', /This is your Taskr address/)
    const told = await mailTo(world.taskr, jos)
    assert.equal(told.length, before + 1)
    assert.match(told[0]?.subject ?? '', /address was changed/)
    assert.doesNotMatch(told[0]?.text ?? '', /ben@acme/)
    assert.match((await jo.get('/events')).body, /Email address confirmed/)
  })

  test('a confirmation link expires after a day, and a newer one replaces it', async () => {
    await using world = await createWorld()
    const jo = await signedUpWith(world, jos)
    const first = await linkMailedTo(world.taskr, jos)
    await jo.post('/settings/email-address', { emailAddress: jos, addressPassword: password })
    const second = await linkMailedTo(world.taskr, jos)
    assert.notEqual(first, second)
    assert.equal((await jo.get(first)).status, 404)
    assert.equal((await jo.get(second)).status, 200)
    await world.clock.advance(day)
    assert.equal((await world.browser().get(second)).status, 404)
    const late = await world.browser().post('/email-address', { link: secretOf(second) })
    assert.equal(late.status, 404)
  })

  test('an empty field removes the address, which is told so', async () => {
    await using world = await createWorld()
    const jo = await confirmedWith(world, jos)
    const emptied = { emailAddress: ' ', addressPassword: password }
    assert.equal((await jo.post('/settings/email-address', emptied)).status, 303)
    assert.match((await jo.get('/settings')).body, /Without an address/)
    assert.match((await mailTo(world.taskr, jos))[0]?.subject ?? '', /was removed/)
  })

  test('a malformed address is refused beside its field and kept in it', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    for (const emailAddress of ['jo', 'a,b@c.example', '"x" <a@b.example>', 'a@b.example>']) {
      const form = { emailAddress, addressPassword: password }
      const { body, status } = await jo.post('/settings/email-address', form)
      assert.equal(status, 400, emailAddress)
      assert.match(body, /id="emailAddress-problem"/)
    }
  })

  test('at most five links an hour go to one account or one address', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const ask = (browser: Browser, emailAddress: string) =>
      browser.post('/settings/email-address', { emailAddress, addressPassword: password })
    for (let time = 0; time < 5; time++) assert.equal((await ask(jo, bens)).status, 303)
    assert.equal((await ask(jo, bens)).status, 429)
    assert.equal((await ask(jo, jos)).status, 429, 'the account')
    const kim = await world.signedUp('kim')
    assert.equal((await ask(kim, bens)).status, 429, 'the address')
    assert.equal((await mailTo(world.taskr, bens)).length, 5)
  })

  test('without a mail server no address can be confirmed, and settings says so', async () => {
    await using world = await createWorld({ environment: { NODE_ENV: 'production' } })
    const jo = await signedUpWith(world, jos)
    const form = { emailAddress: bens, addressPassword: password }
    const refused = await jo.post('/settings/email-address', form)
    assert.equal(refused.status, 400)
    assert.match(refused.body, /can&#39;t send mail|can't send mail/)
  })

  test('TK-17 a mailed link is nowhere in the database or the log', async () => {
    await using world = await createWorld()
    const jo = await signedUpWith(world, jos)
    const queued = await readStoredBytes(world.config.databaseUrl)
    const link = await linkMailedTo(world.taskr, jos)
    await jo.get(link)
    await jo.post('/email-address', { link: secretOf(link) })
    const stored = await readStoredBytes(world.config.databaseUrl)
    assert.equal(secretOf(link).length, 43)
    for (const bytes of [...queued.values(), ...stored.values()]) {
      assert.ok(!bytes.includes(secretOf(link)))
    }
    assert.ok(!world.logger.lines.join('').includes(secretOf(link)))
  })

  test('a letter that waits is mailed after a restart, and its link works', async () => {
    await using world = await createWorld()
    const jo = await signedUpWith(world, jos)
    await world.restart()
    const link = secretOf(await linkMailedTo(world.taskr, jos))
    assert.equal((await jo.post('/email-address', { link })).status, 200)
  })

  test('a deleted account takes its waiting mail and its links with it', async () => {
    await using world = await createWorld()
    const jo = await signedUpWith(world, jos)
    const link = await linkMailedTo(world.taskr, jos)
    await jo.post('/settings/email-address', { emailAddress: bens, addressPassword: password })
    assert.equal((await jo.post('/settings/deletion', { password })).status, 303)
    assert.equal((await mailTo(world.taskr, bens)).length, 0)
    assert.equal((await jo.get(link)).status, 404)
  })
})

async function signedUpWith(world: World, emailAddress: string): Promise<Browser> {
  const browser = world.browser()
  const entered = await browser.post('/signup', { username: 'jo', password, emailAddress })
  assert.equal(entered.status, 303, entered.body)
  return browser
}

async function confirmedWith(world: World, emailAddress: string): Promise<Browser> {
  const browser = await signedUpWith(world, emailAddress)
  const link = secretOf(await linkMailedTo(world.taskr, emailAddress))
  assert.equal((await browser.post('/email-address', { link })).status, 200)
  return browser
}
