// Samples of the landing page, sign-up, log-in, settings and events.
import { eventsPage } from '../account/views/events.ts'
import { logInPage, type LogInPage } from '../account/views/log-in.ts'
import { settingsPage, type SettingsPage } from '../account/views/settings.ts'
import { signUpPage, type SignUpPage } from '../account/views/sign-up.ts'
import { logInReasons } from '../addresses.ts'
import { mailedLinkSamples } from './mailed-link-samples.ts'
import { entrySamples } from './entry-samples.ts'
import { day, hour, inApp, minute, now, signedOut, type Sample, type Setting } from './sample.ts'

export function accountSamples(setting: Setting): readonly Sample[] {
  return [
    ...signUpSamples(setting),
    ...entrySamples(setting),
    ...logInSamples(setting),
    ...settingsSamples(setting),
    ...mailedLinkSamples(setting),
    { name: 'events', page: events(setting) },
    {
      name: 'events-none',
      page: eventsPage({ frame: inApp(setting), events: [], position: { page: 1, pages: 1 } }),
    },
  ]
}

function signUpSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const page = (name: string, changes: Partial<SignUpPage>): Sample => ({
    name: `sign-up${name}`,
    page: signUpPage({
      frame: signedOut(setting),
      minimumPasswordLength: 15,
      signOnLabel: undefined,
      ...changes,
    }),
  })
  const values = { username: say('jo'), emailAddress: say('jo@') }
  return [
    page('', {}),
    page('-refused', {
      values,
      returnTo: say('/connections'),
      outcome: {
        kind: 'refused',
        problems: [
          { field: 'password', message: say('Use at least 15 characters.') },
          { field: 'emailAddress', message: say('Enter a valid email address.') },
        ],
      },
    }),
    page('-sign-on', { signOnLabel: say('Acme SSO') }),
    page('-by-link', { link: { secret: 'a-secret', emailAddress: say('jo@acme.example') } }),
    page('-by-handed-link', { link: { secret: 'a-secret', emailAddress: undefined } }),
    page('-username-taken', { values, outcome: { kind: 'username-taken' } }),
    page('-too-many', { values, outcome: { kind: 'too-many', retryAt: now + 40_000 } }),
    page('-busy', { values, outcome: { kind: 'busy' } }),
  ]
}

function logInSamples(setting: Setting): readonly Sample[] {
  const page = (name: string, changes: Partial<LogInPage>): Sample => ({
    name: `log-in${name}`,
    page: logInPage({
      frame: signedOut(setting),
      canReset: true,
      canUsePasskey: true,
      signUp: 'open',
      signOnLabel: undefined,
      ...changes,
    }),
  })
  const values = { username: setting.say('jo') }
  return [
    page('', {}),
    ...logInReasons.map((reason) => page(`-${reason}`, { reason, returnTo: '/settings' })),
    page('-with-unsaved-text', {
      reason: 'session-ended',
      unsavedText: setting.say('Call Umbrella about the lease'),
    }),
    page('-sign-on', { signOnLabel: setting.say('Acme SSO'), returnTo: '/settings' }),
    page('-invited', { signUp: 'invited' }),
    page('-closed', { signUp: 'closed' }),
    page('-locked', { values, outcome: { kind: 'locked' } }),
    page('-wrong', { values, outcome: { kind: 'wrong' } }),
    page('-too-many', { values, outcome: { kind: 'too-many', retryAt: now + 9 * minute } }),
  ]
}

function settingsSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const signOn = {
    label: say('Acme SSO'),
    linkedAs: undefined,
    hasPassword: true,
    hasAddress: true,
  } as const
  const page = (name: string, changes: Partial<SettingsPage>): Sample => ({
    name: `settings${name}`,
    page: settingsPage({
      frame: inApp(setting),
      minimumPasswordLength: 15,
      asksForCode: false,
      proof: { by: 'password' },
      passkeys: 0,
      address: { emailAddress: say('jo@acme.example'), isVerified: true, waitingFor: undefined },
      timeZones: ['UTC', 'Africa/Nairobi', 'America/New_York', 'Europe/Berlin', 'Pacific/Apia'],
      sessions: sessions(setting),
      underWay: 0,
      ...changes,
    }),
  })
  return [
    page('-unsent-changes', {
      underWay: 3,
      refused: { form: 'deletion', outcome: { kind: 'refused', problems: [] } },
    }),
    page('', {
      frame: { ...inApp(setting), toast: { kind: 'password-changed', sessionsEnded: 2 } },
    }),
    page('-password-refused', {
      refused: {
        form: 'password',
        outcome: {
          kind: 'refused',
          problems: [{ field: 'currentPassword', message: say('Wrong password.') }],
        },
      },
    }),
    page('-with-two-steps', {
      asksForCode: true,
      passkeys: 2,
      refused: {
        form: 'deletion',
        outcome: {
          kind: 'refused',
          problems: [
            { field: 'code', message: say('That code is wrong, or it was used already.') },
          ],
        },
      },
    }),
    page('-sign-on', { singleSignOn: { ...signOn, linkedAs: say('jo@acme.example') } }),
    page('-sign-on-only', {
      proof: { by: 'provider', label: say('Acme SSO'), isFresh: false },
      singleSignOn: { ...signOn, linkedAs: say('jo@acme.example'), hasPassword: false },
    }),
    page('-sign-on-unlinked', { singleSignOn: signOn }),
    page('-sign-on-no-address', { singleSignOn: { ...signOn, hasAddress: false } }),
    page('-no-address', {
      address: { emailAddress: undefined, isVerified: false, waitingFor: undefined },
    }),
    page('-address-waiting', {
      frame: {
        ...inApp(setting),
        toast: { kind: 'link-mailed', emailAddress: say('ben@acme.example') },
      },
      address: {
        emailAddress: say('jo@acme.example'),
        isVerified: false,
        waitingFor: say('ben@acme.example'),
      },
    }),
    page('-address-refused', {
      address: { emailAddress: say('jo@acme.example'), isVerified: false, waitingFor: undefined },
      refused: {
        form: 'address',
        emailAddress: say('jo@'),
        outcome: {
          kind: 'refused',
          problems: [{ field: 'emailAddress', message: say('Enter a valid email address.') }],
        },
      },
    }),
    page('-deletion-refused', {
      refused: {
        form: 'deletion',
        outcome: {
          kind: 'refused',
          problems: [{ field: 'password', message: say('Wrong password.') }],
        },
      },
    }),
  ]
}

function sessions({ say }: Setting): SettingsPage['sessions'] {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0'
  const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1'
  return [
    session('1', firefox, now - 2 * hour, true),
    session('2', safari, now - 9 * day, false),
    session('3', say('TotallyUnknownAgent/1.0 (<b>)'), now - 20 * day, false),
  ]
}

function session(sessionId: string, userAgent: string, createdAt: number, isCurrent: boolean) {
  return { sessionId, userAgent, createdAt, lastSeenAt: createdAt + hour, isCurrent }
}

function events(setting: Setting) {
  const { say } = setting
  const event = (kind: string, ago: number, workspaceName?: string, details = {}) => ({
    eventId: `${kind}-${String(ago)}`,
    kind,
    at: now - ago,
    workspaceName: workspaceName === undefined ? undefined : say(workspaceName),
    details,
  })
  const browser = {
    address: say('192.0.2.7'),
    browser: say('Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0'),
  }
  return eventsPage({
    frame: inApp(setting),
    position: { page: 2, pages: 7 },
    events: [
      event('signed-in', minute, undefined, browser),
      event('connected', 2 * minute, 'Acme Robotics', { as: say('Jo Doe') }),
      event('callback-refused', 3 * hour, undefined, { because: say('the state was unknown') }),
      event('token-revoked', day, 'Globex', { answer: say('204') }),
      event('needs-reconnect', 2 * day, 'Globex'),
      event('something-new', 30 * day, undefined, browser),
      event('signed-up', 400 * day, undefined, browser),
    ],
  })
}
