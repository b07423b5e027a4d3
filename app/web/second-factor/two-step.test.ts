// Two-step verification over HTTP.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import { mailTo, linkMailedTo, secretOf } from '../../../testing/in-process/mail/kept-mail.ts'
import { connectionIdsIn, wordsOf } from '../../../testing/in-process/page-text.ts'
import {
  countRows,
  countRowsWhere,
  readStoredBytes,
} from '../../../testing/in-process/stored-bytes.ts'
import { createWorld, password, type World } from '../../../testing/in-process/testbed.ts'
import { codeAt } from '../../../testing/in-process/factors/authenticator-app.ts'
import {
  recoveryCodesOn,
  secretOn,
  turnOnTwoStep,
} from '../../../testing/in-process/factors/two-step.ts'

const address = 'jo@acme.example'
const minute = 60_000
const logIn = { username: 'jo', password }

suite('logging in in two steps', () => {
  test('SF-01 the password leads to the code, and the code to the page that the person wanted', async () => {
    await using world = await createWorld()
    const { code } = await turnOnTwoStep(world, await world.signedUp())
    const jo = world.browser()
    const first = await jo.post('/login', { ...logIn, returnTo: '/connections' })
    assert.equal(first.location, '/login/code?returnTo=%2Fconnections')
    assert.equal(jo.cookies.get('taskr_session'), undefined)
    assert.equal(
      (await jo.get('/connections')).location,
      '/login?reason=needed&returnTo=%2Fconnections',
    )
    const page = await jo.get(first.location ?? '')
    assert.match(page.body, /name="returnTo" value="\/connections"/)
    assert.match(page.body, /autocomplete="one-time-code"/)
    assert.match(wordsOf(page.body), /To log in as jo\./)
    const wrong = await jo.post('/login/code', { code: '12 34', returnTo: '/connections' })
    assert.equal(wrong.status, 401)
    assert.match(wordsOf(wrong.body), /That code is wrong/)
    assert.match(wrong.body, /name="returnTo" value="\/connections"/)
    const right = await jo.post('/login/code', { code: code(), returnTo: '/connections' })
    assert.equal(right.location, '/connections')
    assert.equal(jo.cookies.get('taskr_sign_in'), undefined)
    assert.equal((await jo.get('/connections')).status, 200)
    assert.match(wordsOf((await jo.get('/events')).body), /Logged in .*by code/)
  })

  test('the script gets the address of the next step instead of a redirect', async () => {
    await using world = await createWorld()
    const { code } = await turnOnTwoStep(world, await world.signedUp())
    const jo = world.browser()
    const stays = { 'x-taskr-stays': 'yes' }
    const first = await jo.post('/login', logIn, stays)
    assert.deepEqual(JSON.parse(first.body), { address: '/login/code' })
    const second = await jo.post('/login/code', { code: code() }, stays)
    assert.deepEqual(JSON.parse(second.body), { address: '/' })
  })

  test('SF-05 the second step needs the cookie of the first, within ten minutes, and starts again otherwise', async () => {
    await using world = await createWorld()
    const { code } = await turnOnTwoStep(world, await world.signedUp())
    const jo = world.browser()
    await jo.post('/login', logIn)
    const again = '/login?reason=code-expired'
    const stranger = world.browser()
    assert.equal((await stranger.get('/login/code')).location, again)
    assert.equal((await stranger.post('/login/code', { code: code() })).location, again)
    await world.clock.advance(10 * minute)
    assert.equal((await jo.post('/login/code', { code: code() })).location, again)
    assert.match(wordsOf((await jo.get(again)).body), /That took too long\. Log in again\./)
  })

  test('SF-05 a log-in waits for its code over a restart', async () => {
    await using world = await createWorld()
    const { code } = await turnOnTwoStep(world, await world.signedUp())
    const jo = world.browser()
    await jo.post('/login', logIn)
    await world.restart()
    assert.equal((await jo.post('/login/code', { code: code() })).location, '/')
  })

  test('SF-01 a reset password still asks for a code, and the owner is told when codes are guessed', async () => {
    await using world = await createWorld()
    const owner = await signedUpWithAddress(world)
    const { code } = await turnOnTwoStep(world, owner)
    assert.match((await mailTo(world.taskr, address))[0]?.subject ?? '', /turned on/)
    const thief = world.browser()
    await thief.post('/forgotten-password', { emailAddress: address })
    const newPassword = 'a walrus paints the harbour'
    const reset = { link: secretOf(await linkMailedTo(world.taskr, address)), newPassword }
    assert.equal((await thief.post('/password-reset', reset)).status, 303)
    const again = await thief.post('/login', { username: 'jo', password: newPassword })
    assert.equal(again.location, '/login/code')
    const statuses: number[] = []
    for (let time = 0; time < 6; time++) {
      statuses.push((await thief.post('/login/code', { code: `00000${time}` })).status)
    }
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429])
    const subjects = (await mailTo(world.taskr, address)).map(({ subject }) => subject)
    assert.equal(subjects.filter((subject) => subject.startsWith('Wrong codes')).length, 1)
    assert.equal(
      (await thief.post('/login/code', { code: code() })).status,
      429,
      'the waits are for right ones, too',
    )
  })
})

suite('setting up two-step verification', () => {
  test('the page that sets up two-step verification shows a QR code of the key, and recovery codes once', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    assert.match((await jo.get('/settings')).body, /two-step verification is\s+off/)
    await jo.post('/settings/two-step/set-up')
    const page = await jo.get('/settings/two-step')
    const secret = secretOn(page)
    assert.match(secret, /^[A-Z2-7]{32}$/)
    assert.match(
      page.body,
      /<svg class="qr" viewBox="0 0 \d+ \d+" role="img" aria-label="QR code">/,
    )
    assert.doesNotMatch(page.body, /data:/)
    const wrong = await jo.post('/settings/two-step', { code: '000000' })
    assert.equal(wrong.status, 400)
    assert.equal(secretOn(wrong), secret, 'the same key, to try again')
    const code = codeAt(secret, world.clock.now())
    const on = await jo.post('/settings/two-step', { code })
    const codes = recoveryCodesOn(on)
    assert.equal(codes.length, 10)
    assert.doesNotMatch(on.body, /data-live=/, 'nothing refetches the page away')
    assert.equal((await jo.post('/settings/two-step', { code })).location, '/settings/two-step')
    const later = await jo.get('/settings/two-step')
    assert.match(wordsOf(later.body), /On since .*10 codes left/)
    for (const text of [secret, ...codes]) assert.ok(!later.body.includes(text))
  })

  test('TK-01 neither the key nor a recovery code is stored in clear', async () => {
    await using world = await createWorld()
    const { recoveryCodes, secret } = await turnOnTwoStep(world, await world.signedUp())
    const places = await readStoredBytes(world.environment['DATABASE_URL'] ?? '')
    const stored = Buffer.concat([...places.values()]).toString('latin1')
    assert.match(stored, /second_factors/)
    for (const text of [
      secret,
      ...recoveryCodes,
      ...recoveryCodes.map((code) => code.replaceAll('-', '')),
    ]) {
      assert.ok(!stored.includes(text), text)
    }
    const everything = world.logger.lines.join('')
    assert.ok(!everything.includes(secret))
  })

  test('TK-09 a new key seals the secret again while Taskr serves, and the old key is no longer needed', async () => {
    await using world = await createWorld()
    const { code } = await turnOnTwoStep(world, await world.signedUp())
    const { DATABASE_URL = '', TASKR_KEYS: oldKey = '' } = world.environment
    const newKey = `k2:${randomBytes(32).toString('base64url')}`
    await world.restart({ TASKR_KEYS: `${newKey},${oldKey}` })
    world.taskr.startWorking()
    const sealedAgain = () =>
      countRowsWhere(DATABASE_URL, "second_factors where sealed_secret like 'v1.k2.%'")
    for (let seconds = 0; seconds < 60 && (await sealedAgain()) === 0; seconds++) {
      await world.clock.advance(1_000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.equal(await sealedAgain(), 1)
    await world.restart({ TASKR_KEYS: newKey })
    const jo = world.browser()
    await jo.post('/login', logIn)
    assert.equal((await jo.post('/login/code', { code: code() })).location, '/')
  })

  test('setting up two-step verification and making recovery codes ask who the person is, ten minutes after the log-in', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    await world.clock.advance(11 * minute)
    const confirmation = '/confirmation?returnTo=%2Fsettings%2Ftwo-step'
    assert.equal((await jo.post('/settings/two-step/set-up')).location, confirmation)
    const form = await jo.get(confirmation)
    assert.doesNotMatch(form.body, /name="code"/)
    const back = { returnTo: '/settings/two-step' }
    assert.equal((await jo.post('/confirmation', { ...back, password: 'wrong' })).status, 403)
    const confirmed = await jo.post('/confirmation', { ...back, password })
    assert.equal(confirmed.location, '/settings/two-step')
    const { code } = await turnOnTwoStep(world, jo)
    await world.clock.advance(11 * minute)
    assert.equal((await jo.post('/settings/two-step/recovery-codes')).location, confirmation)
    assert.match((await jo.get(confirmation)).body, /name="code"/)
    assert.equal((await jo.post('/confirmation', { ...back, password })).status, 403)
    assert.equal((await jo.post('/confirmation', { ...back, password, code: code() })).status, 303)
    const renewed = await jo.post('/settings/two-step/recovery-codes')
    assert.equal(recoveryCodesOn(renewed).length, 10)
  })

  test('turning two-step verification off asks for password and code, and a second click is told', async () => {
    await using world = await createWorld()
    const jo = await signedUpWithAddress(world)
    const { code } = await turnOnTwoStep(world, jo)
    const off = (given: Readonly<Record<string, string>>) =>
      jo.post('/settings/two-step/ending', given)
    assert.equal((await off({ password: 'wrong', code: code() })).status, 403)
    const wrong = await off({ password, code: '000000' })
    assert.match(wordsOf(wrong.body), /That code is wrong/)
    assert.equal((await off({ password, code: code() })).location, '/settings')
    assert.match(wordsOf((await jo.get('/settings')).body), /Two-step verification is off\./)
    assert.match((await mailTo(world.taskr, address))[0]?.subject ?? '', /turned off/)
    assert.equal((await off({ password })).location, '/settings')
    assert.equal((await world.browser().post('/login', logIn)).location, '/')
  })
})

suite('confirming who the person is', () => {
  test('SF-06 exports ask for password and code, ten minutes after the log-in', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const { code } = await turnOnTwoStep(world, jo)
    await world.clock.advance(11 * minute)
    for (const file of ['everything.json', 'tasks.csv']) {
      const refused = await jo.post(`/settings/export/${file}`)
      assert.equal(refused.location, '/confirmation?returnTo=%2Fsettings')
    }
    const given = { returnTo: '/settings', password, code: code() }
    assert.equal((await jo.post('/confirmation', given)).location, '/settings')
    assert.match(wordsOf((await jo.get('/settings')).body), /Confirmed\. You can continue\./)
    const exported = await jo.post('/settings/export/everything.json')
    assert.equal(exported.status, 200)
    assert.match(
      exported.body,
      /"secondFactor": \{\s+"kind": "on",\s+"confirmedAt": \d+,\s+"recoveryCodes": 10/,
    )
    assert.doesNotMatch(exported.body, /sealed|secret_hash|code_hash/)
  })

  test('SF-06 disconnecting asks for password and code, ten minutes after the log-in', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const { code } = await turnOnTwoStep(world, jo)
    await world.clock.advance(11 * minute)
    const [id = ''] = await connectionIdsIn(jo)
    assert.match((await jo.get('/connections')).body, new RegExp(`id="code-${id}"`))
    const disconnect = (given: Readonly<Record<string, string>>) =>
      jo.post(`/connections/${id}/disconnection`, { underWay: '0', ...given })
    const refused = await disconnect({ password })
    assert.equal(refused.status, 403)
    assert.match(wordsOf(refused.body), /That code is wrong/)
    assert.equal((await disconnect({ password, code: code() })).location, '/connections')
  })

  test('ASVS 7.5.2 ending other sessions asks who the person is, ten minutes after the log-in', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const other = world.browser()
    await other.post('/login', logIn)
    await world.clock.advance(11 * minute)
    const { body } = await jo.get('/settings')
    const [ending = ''] = /\/settings\/sessions\/[\w-]{36}\/ending/.exec(body) ?? []
    for (const path of [ending, '/settings/sessions/ending']) {
      assert.equal((await jo.post(path)).location, '/confirmation?returnTo=%2Fsettings', path)
    }
    assert.equal((await other.get('/settings')).status, 200)
    await jo.post('/confirmation', { password })
    assert.equal((await jo.post(ending)).location, '/settings')
    assert.equal((await other.get('/settings')).status, 303)
  })

  test('SF-06 the forms of the settings ask for a code, each with its own field', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const { code } = await turnOnTwoStep(world, jo)
    const { body } = await jo.get('/settings')
    for (const id of ['password-code', 'address-code', 'deletion-code']) {
      assert.match(body, new RegExp(`id="${id}"`))
    }
    const newPassword = 'a walrus paints the harbour'
    const change = { currentPassword: password, newPassword }
    const refused = await jo.post('/settings/password', change)
    assert.equal(refused.status, 400)
    assert.match(wordsOf(refused.body), /That code is wrong/)
    assert.equal((await jo.post('/settings/password', { ...change, code: code() })).status, 303)
    const deletion = { password: newPassword, underWay: '0' }
    assert.equal((await jo.post('/settings/deletion', deletion)).status, 400)
    await world.clock.advance(30_000)
    assert.equal((await jo.post('/settings/deletion', { ...deletion, code: code() })).location, '/')
    for (const table of ['second_factors', 'recovery_codes', 'unfinished_sign_ins']) {
      assert.equal(await countRows(world.environment['DATABASE_URL'] ?? '', table), 0, table)
    }
  })

  test('OA-14 the confirmation leads back within Taskr only', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const evil = await jo.get('/confirmation?returnTo=https://evil.example/')
    assert.doesNotMatch(evil.body, /evil/)
    const confirmed = await jo.post('/confirmation', { password, returnTo: '//evil.example' })
    assert.equal(confirmed.location, '/settings')
  })
})

async function signedUpWithAddress(world: World) {
  const jo = world.browser()
  await jo.post('/signup', { username: 'jo', password, emailAddress: address })
  await jo.post('/email-address', { link: secretOf(await linkMailedTo(world.taskr, address)) })
  return jo
}
