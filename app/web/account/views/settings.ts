// The settings page: time zone, email address, password, sessions, export, and deleting the account.
import { paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import type { OwnProof } from '../../confirming/own-password-field.ts'
import { appPage } from '../../ui/layout.ts'
import { counted } from '../../ui/words.ts'
import { accountDeletionForm } from './account-deletion-form.ts'
import { addressForm, type AddressForm } from './address-form.ts'
import { passwordForm } from './password-form.ts'
import { sessionList, type SettingsSession } from './session-list.ts'
import { signOnPanel, type SignOnPanel } from './sign-on-panel.ts'
import { timeZoneForm } from './time-zone-form.ts'
import type { FormRefusal } from './form-summary.ts'

export type SettingsPage = {
  readonly frame: AppFrame
  /** all time zones, as the platform names them */
  readonly timeZones: readonly string[]
  readonly address: AddressForm['address']
  readonly minimumPasswordLength: number
  /** true when the account has a second factor */
  readonly asksForCode: boolean
  readonly proof: OwnProof
  readonly passkeys: number
  /** absent when there is no identity provider */
  readonly singleSignOn?: SignOnPanel | undefined
  readonly sessions: readonly SettingsSession[]
  /** how many of the person's changes have not reached Attio yet */
  readonly underWay: number
  /** the outcome of the form that was submitted */
  readonly refused?: SettingsRefusal | undefined
}

export type SettingsRefusal = {
  readonly form: 'time-zone' | 'address' | 'password' | 'deletion'
  /** the address that was typed */
  readonly emailAddress?: string
  readonly outcome: FormRefusal
}

export function settingsPage(page: SettingsPage): Html {
  const refusalOf = (form: SettingsRefusal['form']) =>
    page.refused?.form === form ? page.refused.outcome : undefined
  return appPage(page.frame, {
    title: page.refused === undefined ? 'Settings' : 'Problem: Settings',
    current: { kind: 'settings' },
    body: html`<header class="view"><h1>Settings</h1></header>
      ${timeZoneForm({ ...page, refusal: refusalOf('time-zone') })}
      ${addressForm({
        ...page,
        refusal: refusalOf('address'),
        typed: page.refused?.emailAddress,
      })}
      ${passwordForm({ ...page, refusal: refusalOf('password') })} ${loggingIn(page)}
      ${signOnPanel(page.singleSignOn)} ${sessionList(page)} ${everythingYours()}
      ${accountDeletionForm({ ...page, refusal: refusalOf('deletion') })}`,
  })
}

function loggingIn({ asksForCode, passkeys }: SettingsPage): Html {
  return html`<section class="panel" aria-labelledby="logging-in-title">
    <h2 id="logging-in-title">Passkeys and two-step verification</h2>
    <p>
      ${passkeys === 0 ? 'No passkeys' : counted(passkeys, 'passkey')}, two-step verification is
      ${asksForCode ? 'on' : 'off'}.
    </p>
    <ul class="downloads">
      <li><a href="${paths.passkeys}">Passkeys: log in without your password</a></li>
      <li><a href="${paths.twoStep}">Two-step verification: a code after your password</a></li>
    </ul>
  </section>`
}

function everythingYours(): Html {
  return html`<section class="panel" aria-labelledby="yours">
    <h2 id="yours">Your data</h2>
    <p>
      What Taskr keeps about you, and what it did in your name. No export contains an access token.
    </p>
    <ul class="downloads">
      <li>${download(paths.tasksExport, 'Download my tasks (CSV)')}</li>
      <li>${download(paths.everythingExport, 'Download everything (JSON)')}</li>
      <li><a href="${paths.events}">Activity: log-ins and connections</a></li>
    </ul>
  </section>`
}

function download(address: string, label: string): Html {
  return html`<form method="post" action="${address}">
    <button type="submit">${label}</button>
  </form>`
}
