// Samples of who may sign up: the landing page, and the pages before and instead of the sign-up form.
import { signUpAddressPage } from '../account/views/sign-up-address.ts'
import { signUpRefusedPage } from '../account/views/sign-up-refused.ts'
import { welcomePage, type WelcomePage } from '../home/views/welcome.ts'
import { minute, now, signedOut, type Sample, type Setting } from './sample.ts'

export function entrySamples(setting: Setting): readonly Sample[] {
  return [...welcomeSamples(setting), ...addressSamples(setting), ...refusedSamples(setting)]
}

function welcomeSamples(setting: Setting): readonly Sample[] {
  const page = (name: string, signUp: WelcomePage['signUp']): Sample => ({
    name: `welcome${name}`,
    page: welcomePage({
      frame: signedOut(setting),
      server: { host: 'taskr.example', contact: 'mailto:security@taskr.example' },
      signUp,
    }),
  })
  const { say } = setting
  return [
    page('', { mode: 'open', domains: [] }),
    page('-domains', { mode: 'open', domains: [say('acme.example'), say('globex.example')] }),
    page('-invited', { mode: 'invited', domains: [] }),
    page('-closed', { mode: 'closed', domains: [] }),
  ]
}

function addressSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const domains = [say('acme.example'), say('globex.example')]
  const frame = signedOut(setting)
  const asked = { frame, domains, signOnLabel: undefined, state: 'asked' } as const
  const problem = { field: 'emailAddress', message: say('Use an address at acme.example.') }
  return [
    {
      name: 'sign-up-address',
      page: signUpAddressPage({ ...asked, signOnLabel: say('Acme SSO') }),
    },
    {
      name: 'sign-up-address-refused',
      page: signUpAddressPage({
        ...asked,
        emailAddress: say('jo@other.example'),
        refusal: { kind: 'refused', problems: [problem] },
      }),
    },
    {
      name: 'sign-up-address-too-many',
      page: signUpAddressPage({
        ...asked,
        refusal: { kind: 'too-many', retryAt: now + 9 * minute },
      }),
    },
    {
      name: 'sign-up-address-mailed',
      page: signUpAddressPage({
        ...asked,
        state: 'mailed',
        emailAddress: say('jo@acme.example'),
      }),
    },
  ]
}

function refusedSamples(setting: Setting): readonly Sample[] {
  const contact = 'mailto:security@taskr.example'
  const reasons = ['closed', 'invitation-needed', 'invitation-used', 'link-expired'] as const
  return [true, false].flatMap((mayAskForLink) =>
    reasons.map((why) => ({
      name: `sign-up-refused-${why}${mayAskForLink ? '-asks' : ''}`,
      page: signUpRefusedPage({ frame: signedOut(setting), why, mayAskForLink, contact }),
    })),
  )
}
