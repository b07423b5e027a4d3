import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { frame, now, sourceOf, wordsOf } from '../../ui/for-tests.ts'
import { eventsPage } from './events.ts'
import type { FormRefusal } from './form-summary.ts'
import { logInPage } from './log-in.ts'
import { settingsPage, type SettingsPage } from './settings.ts'
import { signUpPage } from './sign-up.ts'

const signUp = { frame, minimumPasswordLength: 15 }

suite('sign-up', () => {
  const refused = signUpPage({
    ...signUp,
    values: { username: 'jo', emailAddress: 'jo@' },
    outcome: {
      kind: 'refused',
      problems: [{ field: 'emailAddress', message: 'Enter a valid email address.' }],
    },
  })

  test('a refused form keeps its values, but never the password', async () => {
    const source = await sourceOf(refused)
    assert.match(source, /name="username"[^>]*value="jo"/)
    assert.match(source, /name="emailAddress"[^>]*value="jo@"/)
    assert.doesNotMatch(source, /<input[^>]*name="password"[^>]*\svalue=/)
  })

  test('a single message is said once, beside its field, which has the focus', async () => {
    const source = await sourceOf(refused)
    assert.equal(source.split('Enter a valid email address.').length, 2)
    assert.match(source, /id="emailAddress"[^>]*autofocus/)
    assert.match(
      source,
      /id="emailAddress"[^>]*aria-invalid="true" aria-describedby="emailAddress-problem"/,
    )
    assert.match(source, /<title>Problem: Sign up · Taskr<\/title>/)
  })

  test('several messages are listed above the form, each with a link to its field', async () => {
    const problems = ['username', 'emailAddress'].map((field) => ({ field, message: field }))
    const source = await sourceOf(signUpPage({ ...signUp, outcome: { kind: 'refused', problems } }))
    assert.match(source, /role="alert".*<a href="#username">.*<a href="#emailAddress">/)
  })

  test('H-27 autocomplete tells password managers the purpose of each field', async () => {
    const source = await sourceOf(signUpPage(signUp))
    assert.match(source, /name="username"[^>]*autocomplete="username"/)
    assert.match(source, /name="password"[^>]*autocomplete="new-password"/)
    assert.match(source, /name="emailAddress"[^>]*autocomplete="email"/)
    assert.doesNotMatch(source, /maxlength|onpaste/)
  })

  test('a taken username is reported beside the field', async () => {
    const words = await wordsOf(signUpPage({ ...signUp, outcome: { kind: 'username-taken' } }))
    assert.match(words, /That username is taken\./)
  })

  test('too many attempts say when to try again', async () => {
    const outcome = { kind: 'too-many', retryAt: now + 40_000 } as const
    assert.match(await wordsOf(signUpPage({ ...signUp, outcome })), /Try again in 40 seconds\./)
  })
})

suite('log-in', () => {
  test('6.3.8 a wrong username and a wrong password are answered with the same words', async () => {
    const words = await wordsOf(
      logInPage({
        canReset: true,
        canUsePasskey: true,
        signUp: 'open',
        signOnLabel: undefined,
        frame,
        outcome: { kind: 'wrong' },
      }),
    )
    assert.match(words, /Wrong username or password\./)
  })

  test('the page says that the session ended, unless the form was refused', async () => {
    const reason = 'session-ended'
    assert.match(
      await wordsOf(
        logInPage({
          canReset: true,
          canUsePasskey: true,
          signUp: 'open',
          signOnLabel: undefined,
          frame,
          reason,
        }),
      ),
      /Your session ended\./,
    )
    const again = await wordsOf(
      logInPage({
        canReset: true,
        canUsePasskey: true,
        signUp: 'open',
        signOnLabel: undefined,
        frame,
        reason,
        outcome: { kind: 'wrong' },
      }),
    )
    assert.doesNotMatch(again, /Your session ended/)
  })

  test('the form contains the page to go to afterwards', async () => {
    const source = await sourceOf(
      logInPage({
        canReset: true,
        canUsePasskey: true,
        signUp: 'open',
        signOnLabel: undefined,
        frame,
        returnTo: '/?view=done&page=2',
      }),
    )
    assert.match(source, /name="returnTo" value="\/\?view=done&amp;page=2"/)
  })
})

suite('settings', () => {
  const session = { createdAt: now, lastSeenAt: now, userAgent: 'Firefox/142.0 Linux' }
  const settings: SettingsPage = {
    frame,
    timeZones: ['Africa/Nairobi', 'America/New_York', 'UTC'],
    minimumPasswordLength: 15,
    asksForCode: false,
    proof: { by: 'password' },
    passkeys: 0,
    address: { emailAddress: undefined, isVerified: false, waitingFor: undefined },
    underWay: 0,
    sessions: [
      { ...session, sessionId: 'this', isCurrent: true },
      { ...session, sessionId: 'that', isCurrent: false },
    ],
  }

  test('7.5.2 every session can be ended except the current one', async () => {
    const source = await sourceOf(settingsPage(settings))
    assert.match(source, /action="\/settings\/sessions\/that\/ending"/)
    assert.doesNotMatch(source, /sessions\/this\/ending/)
  })

  test('the account’s time zone is selected, even when the platform does not list it', async () => {
    const source = await sourceOf(settingsPage(settings))
    assert.match(source, /<option value="Europe\/Berlin" selected>/)
    assert.equal(source.match(/ selected>/g)?.length, 1)
  })

  test('a refused form shows every message, where a password or the provider confirms', async () => {
    const fieldsOf = {
      'time-zone': ['timeZone'],
      address: ['emailAddress', 'addressPassword', 'code'],
      password: ['currentPassword', 'newPassword', 'code'],
      deletion: ['password', 'code'],
    } as const
    const proofs = [
      { by: 'password' },
      { by: 'provider', label: 'Acme SSO', isFresh: false },
      { by: 'provider', label: 'Acme SSO', isFresh: true },
    ] as const
    const forms = ['time-zone', 'address', 'password', 'deletion'] as const
    for (const form of forms) {
      for (const proof of proofs) {
        const show = async (outcome: FormRefusal) =>
          await wordsOf(
            settingsPage({ ...settings, proof, asksForCode: true, refused: { form, outcome } }),
          )
        for (const field of fieldsOf[form]) {
          const problems = [{ field, message: 'Message of the field.' }]
          const words = await show({ kind: 'refused', problems })
          assert.match(words, /Message of the field\./, `${form} ${field} ${JSON.stringify(proof)}`)
        }
        const obstacle = { kind: 'refused', problems: [], because: 'In the way.' } as const
        assert.match(await show(obstacle), /In the way\./, `${form} ${JSON.stringify(proof)}`)
      }
    }
  })

  test('only the refused form shows a message', async () => {
    const problems = [{ field: 'password', message: 'Wrong password.' }]
    const source = await sourceOf(
      settingsPage({
        ...settings,
        refused: { form: 'deletion', outcome: { kind: 'refused', problems } },
      }),
    )
    assert.equal(source.match(/role="alert"/g)?.length, 1)
    assert.match(source, /Your account wasn&#39;t deleted\./)
    assert.match(source, /<details class="disclosure" open>/)
  })
})

test('an event names its address and browser in words', async () => {
  const userAgent =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36'
  const event = {
    eventId: 'one',
    kind: 'signed-in',
    at: now,
    details: { address: '192.0.2.7', browser: userAgent },
  }
  const position = { page: 1, pages: 1 }
  const words = await wordsOf(eventsPage({ frame, events: [event], position }))
  assert.match(words, /Logged in from 192\.0\.2\.7 ?with Chrome on Linux/)
})
