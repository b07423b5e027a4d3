// Samples of two-step verification: its settings, the second step of a log-in, the page that asks who the person is, and passkeys.
import { confirmationPage, type ConfirmationPage } from '../confirming/views/confirmation.ts'
import { passkeysPage, type PasskeysPage } from '../passkeys/views/passkeys.ts'
import { codePage, type CodePage } from '../second-factor/views/code.ts'
import { factorSetUpPage } from '../second-factor/views/factor-set-up.ts'
import { recoveryCodesPage } from '../second-factor/views/recovery-codes.ts'
import type { OwnProof } from '../confirming/own-password-field.ts'
import { twoStepPage, type TwoStepPage } from '../second-factor/views/two-step.ts'
import { day, inApp, minute, now, onCard, signedOut, type Sample, type Setting } from './sample.ts'

export function twoStepSamples(setting: Setting): readonly Sample[] {
  return [
    ...codeSamples(setting),
    ...confirmationSamples(setting),
    ...stateSamples(setting),
    ...setUpSamples(setting),
    ...passkeySamples(setting),
  ]
}

function codeSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const page = (name: string, changes: Partial<CodePage>): Sample => ({
    name: `code${name}`,
    page: codePage({ frame: signedOut(setting), username: say('jo'), ...changes }),
  })
  return [
    page('', { returnTo: say('/settings') }),
    page('-wrong', { refusal: { kind: 'refused', problems: wrongCode(setting) } }),
    page('-too-many', { refusal: { kind: 'too-many', retryAt: now + 2 * minute } }),
  ]
}

function confirmationSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const page = (name: string, changes: Partial<ConfirmationPage>): Sample => ({
    name: `confirmation${name}`,
    page: confirmationPage({
      frame: onCard(setting),
      username: say('jo'),
      asksForCode: true,
      proof: { by: 'password' },
      hasPasskey: true,
      returnTo: say('/settings'),
      ...changes,
    }),
  })
  return [
    page('', {}),
    page('-password-only', { asksForCode: false, hasPasskey: false }),
    page('-provider', { proof: atProvider(setting, false) }),
    page('-provider-code', { proof: atProvider(setting, true) }),
    page('-wrong-code', { refusal: { kind: 'refused', problems: wrongCode(setting) } }),
    page('-too-many', { refusal: { kind: 'too-many', retryAt: now + 2 * minute } }),
  ]
}

function stateSamples(setting: Setting): readonly Sample[] {
  const page = (name: string, changes: Partial<TwoStepPage>): Sample => ({
    name: `two-step${name}`,
    page: twoStepPage({
      frame: inApp(setting),
      factor: { kind: 'off' },
      proof: { by: 'password' },
      ...changes,
    }),
  })
  const on = { kind: 'on', confirmedAt: now - 3 * day, recoveryCodes: 10 } as const
  return [
    page('-off', {}),
    page('-on', { factor: on }),
    page('-on-provider', { factor: on, proof: atProvider(setting, false) }),
    page('-on-few-codes', { factor: { ...on, recoveryCodes: 1 } }),
    page('-on-no-codes', {
      factor: { ...on, recoveryCodes: 0 },
      refusal: { kind: 'refused', problems: wrongCode(setting) },
    }),
  ]
}

function atProvider({ say }: Setting, isFresh: boolean): OwnProof {
  return { by: 'provider', label: say('Acme SSO'), isFresh }
}

function passkeySamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const page = (name: string, changes: Partial<PasskeysPage>): Sample => ({
    name: `passkeys${name}`,
    page: passkeysPage({
      frame: inApp(setting),
      passkeys: [
        passkey(say('My laptop'), now - day, true),
        passkey(say('A security key with a very long name that wraps'), undefined, false),
      ],
      canAdd: true,
      suggestedName: say('Firefox on Linux'),
      ...changes,
    }),
  })
  return [
    page('', {
      frame: { ...inApp(setting), toast: { kind: 'passkey-added', name: say('My laptop') } },
    }),
    page('-none', { passkeys: [] }),
    page('-unnamed', { unnamed: { passkeyId: 'synced' } }),
    page('-at-an-ip-address', { passkeys: [], canAdd: false }),
  ]
}

function passkey(name: string, lastUsedAt: number | undefined, isSynced: boolean) {
  const passkeyId = isSynced ? 'synced' : 'bound'
  return { passkeyId, name, isSynced, createdAt: now - 40 * day, lastUsedAt }
}

function setUpSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const frame = onCard(setting)
  const secret = say('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')
  // The same for every text, because another text makes another picture.
  const address = 'otpauth://totp/Taskr:jo?issuer=Taskr&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  const codes = Array.from({ length: 10 }, (_, at) => say(`k3v9qa-7hxm2p-00tq8${at}-w5rnzd`))
  return [
    { name: 'factor-set-up', page: factorSetUpPage({ frame, secret, address, problems: [] }) },
    {
      name: 'factor-set-up-wrong',
      page: factorSetUpPage({ frame, secret, address, problems: wrongCode(setting) }),
    },
    { name: 'recovery-codes', page: recoveryCodesPage({ frame, codes, sessionsEnded: 2 }) },
    { name: 'recovery-codes-again', page: recoveryCodesPage({ frame, codes }) },
  ]
}

function wrongCode({ say }: Setting) {
  return [{ field: 'code', message: say('That code is wrong, or it was used already.') }]
}
