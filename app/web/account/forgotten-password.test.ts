import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { linkMailedTo, mailTo, secretOf } from '../../../testing/in-process/mail/kept-mail.ts'
import { countRows } from '../../../testing/in-process/stored-bytes.ts'
import { createWorld, password, type World } from '../../../testing/in-process/testbed.ts'

const jos = 'jo@acme.example'
const next = 'eleven blue kettles whistle'
const minute = 60_000

suite('a forgotten password', () => {
  test('a mailed link sets a new password, ends every session and is told by mail', async () => {
    await using world = await createWorld()
    const jo = await confirmedWith(world, 'jo', jos)
    const other = world.browser()
    assert.match((await other.get('/login')).body, /href="\/forgotten-password">Forgot password/)
    const asked = await other.post('/forgotten-password', { emailAddress: 'JO@Acme.example' })
    assert.match(asked.body, /Check your mail/)
    const link = await linkMailedTo(world.taskr, jos)
    assert.match((await other.get(link)).body, /For the account <bdi>jo<\/bdi>/)
    assert.equal((await jo.get('/settings')).status, 200, 'opening ends nothing')
    const form = { link: secretOf(link), newPassword: next }
    const reset = await other.post('/password-reset', form)
    assert.equal(reset.location, '/login?reason=password-reset')
    assert.equal((await jo.get('/settings')).status, 303, 'the session is over')
    assert.equal((await logIn(other, password)).status, 401)
    assert.equal((await logIn(other, next)).status, 303)
    assert.equal((await world.browser().post('/password-reset', form)).status, 404, 'used up')
    const [notice] = await mailTo(world.taskr, jos)
    assert.match(notice?.subject ?? '', /password was reset/)
    assert.match((await other.get('/events')).body, /Password reset by a mailed link/)
  })

  test('H-32 a known and an unknown address get the same answer, and asking looks neither up', async () => {
    await using world = await createWorld()
    await confirmedWith(world, 'jo', jos)
    const answers = []
    for (const emailAddress of [jos, 'none@acme.example']) {
      const answer = await world.browser().post('/forgotten-password', { emailAddress })
      answers.push([answer.status, answer.body.replaceAll(/nonce="[^"]*"/g, '')])
    }
    assert.deepEqual(answers[0], answers[1])
    assert.equal(await countRows(world.config.databaseUrl, 'reset_requests'), 2)
    assert.equal(await countRows(world.config.databaseUrl, 'mailed_links'), 0)
    await mailTo(world.taskr, jos)
    assert.equal(await countRows(world.config.databaseUrl, 'reset_requests'), 0)
    assert.equal(await countRows(world.config.databaseUrl, 'mailed_links'), 1)
    assert.equal((await mailTo(world.taskr, 'none@acme.example')).length, 0)
  })

  test('an address that is not confirmed gets no link', async () => {
    await using world = await createWorld()
    const jo = world.browser()
    await jo.post('/signup', { username: 'jo', password, emailAddress: jos })
    const before = (await mailTo(world.taskr, jos)).length
    await jo.post('/logout')
    await jo.post('/forgotten-password', { emailAddress: jos })
    assert.equal((await mailTo(world.taskr, jos)).length, before)
  })

  test('two accounts with one address each get a link of their own', async () => {
    await using world = await createWorld()
    await confirmedWith(world, 'jo', jos)
    await confirmedWith(world, 'jo-at-work', jos)
    const before = (await mailTo(world.taskr, jos)).length
    await world.browser().post('/forgotten-password', { emailAddress: jos })
    const mails = (await mailTo(world.taskr, jos)).slice(0, -before)
    const named = mails.map(({ text }) => /account (\S+)\./.exec(text)?.[1])
    assert.deepEqual(new Set(named), new Set(['jo', 'jo-at-work']))
  })

  test('a reset link works for thirty minutes', async () => {
    await using world = await createWorld()
    await confirmedWith(world, 'jo', jos)
    const link = await askedFor(world)
    await world.clock.advance(30 * minute - 1_000)
    assert.equal((await world.browser().get(link)).status, 200)
    await world.clock.advance(1_000)
    assert.equal((await world.browser().get(link)).status, 404)
    const form = { link: secretOf(link), newPassword: next }
    assert.equal((await world.browser().post('/password-reset', form)).status, 404)
    assert.equal((await logIn(world.browser(), password)).status, 303)
  })

  test('changing the password or the address ends a reset link', async () => {
    await using world = await createWorld()
    const jo = await confirmedWith(world, 'jo', jos)
    const ways: readonly (() => Promise<unknown>)[] = [
      () =>
        jo.post('/settings/password', {
          username: 'jo',
          currentPassword: password,
          newPassword: next,
        }),
      () => jo.post('/settings/email-address', { emailAddress: '', addressPassword: next }),
    ]
    for (const change of ways) {
      const link = await askedFor(world)
      assert.equal((await world.browser().get(link)).status, 200)
      await change()
      assert.equal((await world.browser().get(link)).status, 404)
    }
  })

  test('a weak new password is refused and leaves the link as it is', async () => {
    await using world = await createWorld()
    await confirmedWith(world, 'jo', jos)
    const link = await askedFor(world)
    const form = { link: secretOf(link), newPassword: 'short' }
    assert.equal((await world.browser().post('/password-reset', form)).status, 400)
    assert.equal((await world.browser().get(link)).status, 200)
  })

  test('a link of one purpose does not work for the other, and guesses are refused', async () => {
    await using world = await createWorld()
    const jo = world.browser()
    await jo.post('/signup', { username: 'jo', password, emailAddress: jos })
    const secret = secretOf(await linkMailedTo(world.taskr, jos))
    for (const link of [secret, '', 'x', 'a'.repeat(43), `${secret}x`, secret.slice(1), '\u0000']) {
      const form = { link, newPassword: next }
      assert.equal((await jo.post('/password-reset', form)).status, 404)
      const address = `/password-reset?link=${encodeURIComponent(link)}`
      assert.equal((await jo.get(address)).status, 404)
    }
    assert.equal((await jo.get('/settings')).status, 200)
    assert.equal((await jo.post('/email-address', { link: secret })).status, 200)
    const reset = secretOf(await askedFor(world))
    assert.equal((await jo.get(`/email-address?link=${reset}`)).status, 404)
    assert.equal((await jo.post('/email-address', { link: reset })).status, 404)
    assert.equal((await jo.get(`/password-reset?link=${reset}`)).status, 200, 'not used up')
  })

  test('a sixth request in an hour for one address mails nothing more, with the same answer', async () => {
    await using world = await createWorld()
    await confirmedWith(world, 'jo', jos)
    const before = (await mailTo(world.taskr, jos)).length
    for (let time = 0; time < 7; time++) {
      const asked = await world.browser().post('/forgotten-password', { emailAddress: jos })
      assert.match(asked.body, /Check your mail/)
    }
    assert.equal((await mailTo(world.taskr, jos)).length, before + 5)
  })

  test('one network may ask twenty times an hour', async () => {
    await using world = await createWorld()
    const mallory = world.browser()
    const ask = (number: number) =>
      mallory.post('/forgotten-password', { emailAddress: `a${number}@b.example` })
    for (let time = 0; time < 20; time++) assert.equal((await ask(time)).status, 200)
    assert.equal((await ask(21)).status, 429)
  })

  test('without a mail server the log-in page offers no reset, and the page says why', async () => {
    await using world = await createWorld({ environment: { NODE_ENV: 'production' } })
    const jo = world.browser()
    assert.doesNotMatch((await jo.get('/login')).body, /Forgot password/)
    assert.match((await jo.get('/forgotten-password')).body, /send mail/)
    assert.equal((await jo.post('/forgotten-password', { emailAddress: jos })).status, 404)
  })
})

suite('security notices', () => {
  test('a log-in from another kind of browser is mailed, and one from a known kind is not', async () => {
    await using world = await createWorld()
    await confirmedWith(world, 'jo', jos)
    const before = (await mailTo(world.taskr, jos)).length
    assert.equal((await logIn(world.browser(), password)).status, 303)
    assert.equal((await mailTo(world.taskr, jos)).length, before, 'the kind that signed up')
    const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0' }
    for (let time = 0; time < 2; time++) {
      const form = { username: 'jo', password }
      assert.equal((await world.browser().post('/login', form, firefox)).status, 303)
    }
    const mails = await mailTo(world.taskr, jos)
    assert.equal(mails.length, before + 1)
    assert.match(mails[0]?.subject ?? '', /New log-in/)
    assert.match(mails[0]?.text ?? '', /Firefox on Linux, 10\.0\./)
  })

  test('a changed password and a connection that begins or ends are mailed', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    await jo.post('/settings/email-address', { emailAddress: jos, addressPassword: password })
    const link = secretOf(await linkMailedTo(world.taskr, jos))
    await jo.post('/email-address', { link })
    const { connectionId } = await world.ownerOf(jo)
    const change = { username: 'jo', currentPassword: password, newPassword: next }
    await jo.post('/settings/password', change)
    const form = { password: next }
    assert.equal((await jo.post(`/connections/${connectionId}/disconnection`, form)).status, 303)
    const subjects = (await mailTo(world.taskr, jos)).map(({ subject }) => subject)
    assert.match(subjects[0] ?? '', /was disconnected from Taskr/)
    assert.match(subjects[1] ?? '', /password was changed/)
  })
})

async function confirmedWith(
  world: World,
  username: string,
  emailAddress: string,
): Promise<Browser> {
  const browser = world.browser()
  const entered = await browser.post('/signup', { username, password, emailAddress })
  assert.equal(entered.status, 303, entered.body)
  const link = secretOf(await linkMailedTo(world.taskr, emailAddress))
  assert.equal((await browser.post('/email-address', { link })).status, 200)
  return browser
}

async function askedFor(world: World): Promise<string> {
  await world.browser().post('/forgotten-password', { emailAddress: jos })
  const link = await linkMailedTo(world.taskr, jos)
  assert.match(link, /^\/password-reset\?/)
  return link
}

function logIn(browser: Browser, given: string) {
  return browser.post('/login', { username: 'jo', password: given })
}
