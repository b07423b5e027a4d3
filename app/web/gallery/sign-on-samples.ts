// Samples of single sign-on: its button, and what follows the way back from the identity provider.
import { chooseNamePage } from '../single-sign-on/views/choose-name.ts'
import { continuePage } from '../single-sign-on/views/continue.ts'
import { linkAccountPage } from '../single-sign-on/views/link-account.ts'
import {
  signOnRefusedPage,
  type SignOnRefusedPage,
} from '../single-sign-on/views/sign-on-refused.ts'
import { now, onCard, signedOut, type Sample, type Setting } from './sample.ts'

export function signOnSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const frame = signedOut(setting)
  const label = say('Acme SSO')
  const emailAddress = say('jo@acme.example')
  const naming = { frame, label, emailAddress, username: say('jo.doe') }
  const problems = [{ field: 'username', message: say('Use 2 to 32 characters.') }]
  return [
    { name: 'sign-on-continue', page: continuePage({ frame, label, address: '/login' }) },
    { name: 'sign-on-name', page: chooseNamePage(naming) },
    {
      name: 'sign-on-name-refused',
      page: chooseNamePage({ ...naming, outcome: { kind: 'refused', problems } }),
    },
    {
      name: 'sign-on-name-taken',
      page: chooseNamePage({ ...naming, outcome: { kind: 'username-taken' } }),
    },
    {
      name: 'sign-on-name-too-many',
      page: chooseNamePage({ ...naming, outcome: { kind: 'too-many', retryAt: now + 60_000 } }),
    },
    {
      name: 'sign-on-link',
      page: linkAccountPage({ frame: onCard(setting), label, emailAddress, username: say('jo') }),
    },
    ...reasons.map((why) => refusedSample(setting, why)),
  ]
}

const reasons: readonly SignOnRefusedPage['why'][] = [
  'unreachable',
  'denied',
  'invalid',
  'unknown',
  'no-verified-address',
  'not-anew',
  'other-person',
  'other-address',
  'linked-already',
  'locked',
  'closed',
  'invitation-needed',
  'invitation-used',
  'other-domain',
]

const signedInReasons: ReadonlySet<SignOnRefusedPage['why']> = new Set([
  'not-anew',
  'other-person',
  'other-address',
  'linked-already',
])

function refusedSample(setting: Setting, why: SignOnRefusedPage['why']): Sample {
  const { say } = setting
  const isIn = signedInReasons.has(why)
  return {
    name: `sign-on-refused-${why}`,
    page: signOnRefusedPage({
      frame: isIn ? onCard(setting) : signedOut(setting),
      label: say('Acme SSO'),
      why,
      contact: 'mailto:security@taskr.example',
      domains: [say('acme.example')],
    }),
  }
}
