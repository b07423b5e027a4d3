// Samples of forgotten passwords, the pages behind mailed links, and the mailbox of development.
import { confirmAddressPage, type ConfirmAddressPage } from '../account/views/confirm-address.ts'
import {
  forgottenPasswordPage,
  type ForgottenPasswordPage,
} from '../account/views/forgotten-password.ts'
import { passwordResetPage, type PasswordResetPage } from '../account/views/password-reset.ts'
import { keptMailPage, mailboxPage } from '../mailbox/views/mailbox.ts'
import { minute, now, onCard, signedOut, type Sample, type Setting } from './sample.ts'

export function mailedLinkSamples(setting: Setting): readonly Sample[] {
  return [
    ...forgottenPasswordSamples(setting),
    ...passwordResetSamples(setting),
    ...confirmAddressSamples(setting),
    ...mailboxSamples(setting),
  ]
}

function forgottenPasswordSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const page = (name: string, changes: Partial<ForgottenPasswordPage>): Sample => ({
    name: `forgotten-password${name}`,
    page: forgottenPasswordPage({ frame: signedOut(setting), state: 'asked', ...changes }),
  })
  const problems = [{ field: 'emailAddress', message: say('Enter a valid email address.') }]
  return [
    page('', {}),
    page('-refused', { emailAddress: say('jo@'), refusal: { kind: 'refused', problems } }),
    page('-too-many', { refusal: { kind: 'too-many', retryAt: now + 9 * minute } }),
    page('-noted', { state: 'noted' }),
    page('-mail-off', { state: 'mail-off' }),
  ]
}

function passwordResetSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const open = { link: say('a-secret'), username: say('jo'), minimumPasswordLength: 15 }
  const page = (name: string, changes: Partial<PasswordResetPage>): Sample => ({
    name: `password-reset${name}`,
    page: passwordResetPage({ frame: signedOut(setting), open, ...changes }),
  })
  const problems = [{ field: 'newPassword', message: say('Use at least 15 characters.') }]
  return [
    page('', {}),
    page('-refused', { refusal: { kind: 'refused', problems } }),
    page('-busy', { refusal: { kind: 'busy' } }),
    page('-expired', { open: undefined }),
  ]
}

function confirmAddressSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const emailAddress = say('jo@acme.example')
  const page = (name: string, state: ConfirmAddressPage['state']): Sample => ({
    name: `confirm-address${name}`,
    page: confirmAddressPage({ frame: onCard(setting), state }),
  })
  return [
    page('', { kind: 'asked', link: say('a-secret'), username: say('jo'), emailAddress }),
    page('-confirmed', { kind: 'confirmed', emailAddress }),
    page('-expired', { kind: 'expired' }),
    page('-too-many', { kind: 'too-many', retryAt: now + minute }),
  ]
}

function mailboxSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const frame = signedOut(setting)
  const mail = {
    number: 2,
    to: say('ben@acme.example'),
    subject: say('Reset your password'),
    text: `${say('Hello.')}\n\nhttps://taskr.example/login and https://evil.example/\n`,
  }
  return [
    { name: 'mailbox', page: mailboxPage({ frame, mails: [mail, { ...mail, number: 1 }] }) },
    { name: 'mailbox-none', page: mailboxPage({ frame, mails: [] }) },
    { name: 'mail', page: keptMailPage({ frame, mail, origin: 'https://taskr.example' }) },
  ]
}
