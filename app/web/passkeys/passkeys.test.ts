// Passkeys over HTTP, with an authenticator in software.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import type { Answer, Browser } from '../../../testing/in-process/http-browser.ts'
import { mailTo, linkMailedTo, secretOf } from '../../../testing/in-process/mail/kept-mail.ts'
import { connectionIdsIn, wordsOf } from '../../../testing/in-process/page-text.ts'
import {
  createAuthenticator,
  type Authenticator,
} from '../../../testing/in-process/factors/software-authenticator.ts'
import { createWorld, password, taskrOrigin } from '../../../testing/in-process/testbed.ts'
import { turnOnTwoStep } from '../../../testing/in-process/factors/two-step.ts'

const minute = 60_000
const emailAddress = 'jo@acme.example'

suite('passkeys', () => {
  test('PK-01 a passkey logs in, and leads to the page that the person wanted', async () => {
    await using world = await createWorld()
    const owner = await world.signedUp()
    const authenticator = await addPasskey(owner, 'My laptop')
    await turnOnTwoStep(world, owner)
    const jo = world.browser()
    const page = await jo.get('/login?returnTo=/connections')
    assert.match(page.body, /data-asks="\/login\/passkey\/challenge"[^>]*\shidden/)
    const given = await signFor(jo, '/login/passkey/challenge', authenticator)
    const entered = await jo.post('/login/passkey', { ...given, returnTo: '/connections' }, stays)
    assert.deepEqual(JSON.parse(entered.body), { address: '/connections' })
    assert.equal((await jo.get('/connections')).status, 200)
    assert.equal(jo.cookies.get('taskr_passkey'), undefined)
    const replayed = await world.browser().post('/login/passkey', given, stays)
    assert.equal(replayed.status, 410)
    assert.match(wordsOf((await jo.get('/events')).body), /Logged in .*by passkey/)
  })

  test('PK-03 a response without the cookie of its challenge is refused', async () => {
    await using world = await createWorld()
    const authenticator = await addPasskey(await world.signedUp())
    const jo = world.browser()
    const given = await signFor(jo, '/login/passkey/challenge', authenticator)
    const stranger = world.browser()
    await signFor(stranger, '/login/passkey/challenge', authenticator)
    const stolen = await stranger.post('/login/passkey', given, stays)
    assert.equal(stolen.status, 401)
    assert.deepEqual(JSON.parse(stolen.body), { problem: 'That passkey doesn’t work here.' })
    assert.equal(stranger.cookies.get('taskr_session'), undefined)
    assert.equal((await jo.post('/login/passkey', given, stays)).status, 200)
  })

  test('the name of a new passkey is kept while the person confirms who they are', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    await world.clock.advance(11 * minute)
    const name = '  Jo’s “red & blue” <key> 100%  '
    const asks = [
      ['/settings/passkeys/challenge', { name }],
      ['/settings/passkeys', { name, response: '{}' }],
    ] as const
    for (const [path, given] of asks) {
      const { address } = nextOf(await jo.post(path, given))
      const page = await jo.get(address)
      assert.match(page.body, /<h1>Confirm it’s you/)
      const [, returnTo = ''] = /name="returnTo" value="([^"]+)"/.exec(page.body) ?? []
      const confirmed = await jo.post('/confirmation', { password, returnTo })
      const back = await jo.get(confirmed.location ?? '')
      assert.match(back.body, /name="name"[^>]*\svalue="Jo’s “red &amp; blue” &lt;key&gt; 100%"/)
      await world.clock.advance(11 * minute)
    }
    const plain = await jo.get('/settings/passkeys?name=%20')
    assert.match(plain.body, /name="name"[^>]*\svalue="[^"]+"/)
  })

  test('PK-05 adding a passkey asks who the person is, ten minutes after the log-in, and is mailed to the owner', async () => {
    await using world = await createWorld()
    const jo = world.browser()
    await jo.post('/signup', { username: 'jo', password, emailAddress })
    await jo.post('/email-address', {
      link: secretOf(await linkMailedTo(world.taskr, emailAddress)),
    })
    await world.clock.advance(11 * minute)
    const elsewhere = { address: '/confirmation?returnTo=%2Fsettings%2Fpasskeys' }
    const asked = await jo.post('/settings/passkeys/challenge')
    assert.deepEqual(JSON.parse(asked.body), elsewhere)
    const unasked = await jo.post('/settings/passkeys', { name: ' ', response: '{}' })
    assert.deepEqual(JSON.parse(unasked.body), elsewhere)
    await jo.post('/confirmation', { password })
    const authenticator = await addPasskey(jo, 'Blue key')
    assert.match(
      (await mailTo(world.taskr, emailAddress))[0]?.text ?? '',
      /passkey Blue key can log in/,
    )
    const page = wordsOf((await jo.get('/settings/passkeys')).body)
    assert.match(page, /Passkey added: Blue key\./)
    assert.match(page, /Blue key Synced .*never used/)
    assert.match(
      wordsOf((await jo.get('/settings')).body),
      /1 passkey, two-step verification is off/,
    )
    const other = world.browser()
    const given = await signFor(other, '/login/passkey/challenge', authenticator)
    await other.post('/login/passkey', given, stays)
    assert.match(wordsOf((await jo.get('/settings/passkeys')).body), /last used/)
  })

  test('PK-06 a passkey is renamed and removed by its owner only, and removing it twice is told', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const authenticator = await addPasskey(jo)
    const [, id = ''] =
      /passkeys\/([\w-]{36})\/removal/.exec((await jo.get('/settings/passkeys')).body) ?? []
    const path = `/settings/passkeys/${id}`
    const ben = await world.signedUp('ben')
    assert.equal((await ben.post(`${path}/removal`)).status, 404)
    assert.equal((await ben.post(`${path}/name`, { name: 'mine' })).status, 404)
    const unnamed = await jo.post(`${path}/name`, { name: ' ' })
    assert.equal(unnamed.status, 400)
    assert.match(wordsOf(unnamed.body), /Enter a name\./)
    assert.equal(
      (await jo.post(`${path}/name`, { name: '<b>Phone' })).location,
      '/settings/passkeys',
    )
    assert.match((await jo.get('/settings/passkeys')).body, /<bdi>&lt;b&gt;Phone<\/bdi>/)
    await world.clock.advance(11 * minute)
    const confirmation = '/confirmation?returnTo=%2Fsettings%2Fpasskeys'
    assert.equal((await jo.post(`${path}/removal`)).location, confirmation)
    await jo.post('/confirmation', { password })
    assert.equal((await jo.post(`${path}/removal`)).location, '/settings/passkeys')
    assert.equal((await jo.post(`${path}/removal`)).status, 404)
    const gone = world.browser()
    const given = await signFor(gone, '/login/passkey/challenge', authenticator)
    assert.equal((await gone.post('/login/passkey', given, stays)).status, 401)
  })

  test('PK-07 a passkey confirms in place of password and code, for disconnecting and exports', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const authenticator = await addPasskey(jo)
    await turnOnTwoStep(world, jo)
    await world.clock.advance(11 * minute)
    assert.match((await jo.get('/connections')).body, /Confirm with a passkey instead/)
    const exporting = () => jo.post('/settings/export/everything.json')
    assert.equal((await exporting()).location, '/confirmation?returnTo=%2Fsettings')
    const form = await jo.get('/confirmation?returnTo=/settings')
    assert.match(form.body, /action="\/confirmation\/passkey"/)
    const before = jo.cookies.get('taskr_session')
    const given = await signFor(jo, '/confirmation/passkey/challenge', authenticator)
    const wrong = await jo.post('/confirmation/passkey', { response: '{}' }, stays)
    assert.equal(wrong.status, 401)
    const again = await jo.post('/confirmation/passkey', given, stays)
    assert.equal(again.status, 410, 'the challenge was used up by the wrong response')
    const next = await signFor(jo, '/confirmation/passkey/challenge', authenticator)
    const confirmed = await jo.post(
      '/confirmation/passkey',
      { ...next, returnTo: '/settings' },
      stays,
    )
    assert.deepEqual(JSON.parse(confirmed.body), { address: '/settings' })
    assert.notEqual(jo.cookies.get('taskr_session'), before)
    const exported = await exporting()
    assert.match(exported.body, /"passkeys": \[\s+\{\s+"passkeyId"/)
    assert.doesNotMatch(exported.body, /public_?key|credential_?id/i)
    const [id = ''] = await connectionIdsIn(jo)
    assert.doesNotMatch((await jo.get('/connections')).body, new RegExp(`id="password-${id}"`))
    const ended = await jo.post(`/connections/${id}/disconnection`, { underWay: '0' })
    assert.equal(ended.location, '/connections')
  })

  test('a Taskr at an IP address offers no passkeys, and says why', async () => {
    await using world = await createWorld({ publicUrl: 'http://127.0.0.1:3050' })
    const jo = await world.signedUp()
    assert.match(wordsOf((await jo.get('/settings/passkeys')).body), /Taskr is at an IP address/)
    assert.doesNotMatch((await world.browser().get('/login')).body, /passkey/)
    for (const path of [
      '/login/passkey/challenge',
      '/settings/passkeys/challenge',
      '/confirmation/passkey/challenge',
    ]) {
      assert.equal((await jo.post(path)).status, 404, path)
    }
  })

  test('PK-08 one address gets 300 challenges a minute', async () => {
    await using world = await createWorld()
    const jo = world.browser()
    const statuses = new Map<number, number>()
    for (let time = 0; time < 302; time++) {
      const { status } = await jo.post('/login/passkey/challenge')
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    assert.deepEqual(
      [...statuses],
      [
        [200, 300],
        [429, 2],
      ],
    )
  })
})

const stays = { 'x-taskr-stays': 'yes' }
const askedSchema = z.object({ options: z.unknown() })

function nextOf({ body }: Answer): { readonly address: string } {
  return z.object({ address: z.string() }).parse(JSON.parse(body))
}

async function addPasskey(browser: Browser, name = ''): Promise<Authenticator> {
  const authenticator = createAuthenticator(taskrOrigin)
  const response = authenticator.create(
    optionsIn(await browser.post('/settings/passkeys/challenge')),
  )
  const added = await browser.post('/settings/passkeys', { name, response })
  assert.deepEqual(JSON.parse(added.body), { address: '/settings/passkeys' })
  return authenticator
}

/** Asks for a challenge and signs it. */
async function signFor(browser: Browser, path: string, authenticator: Authenticator) {
  return { response: authenticator.sign(optionsIn(await browser.post(path))) }
}

function optionsIn({ body }: Answer): unknown {
  return askedSchema.parse(JSON.parse(body)).options
}
