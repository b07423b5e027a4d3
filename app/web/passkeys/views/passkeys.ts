// The page of an account's passkeys, with a form that adds one.
import { addressOf, paths } from '../../addresses.ts'
import { formField } from '../../ui/form-field.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { appPage } from '../../ui/layout.ts'
import { moment } from '../../ui/moment.ts'
import { passkeyForm } from '../passkey-form.ts'

export type PasskeysPage = {
  readonly frame: AppFrame
  readonly passkeys: readonly ShownPasskey[]
  /** true when this Taskr can have passkeys */
  readonly canAdd: boolean
  /** what fills in the name of a new passkey: the browser, or what was typed before */
  readonly suggestedName: string
  /** the passkey whose new name was empty */
  readonly unnamed?: { readonly passkeyId: string } | undefined
}

export type ShownPasskey = {
  readonly passkeyId: string
  readonly name: string
  /** true when it is synced to other devices of its owner */
  readonly isSynced: boolean
  readonly createdAt: number
  readonly lastUsedAt: number | undefined
}

export function passkeysPage(page: PasskeysPage): Html {
  return appPage(page.frame, {
    title: page.unnamed === undefined ? 'Passkeys' : 'Problem: Passkeys',
    current: { kind: 'settings' },
    body: html`<header class="view">
        <h1>Passkeys</h1>
        <a class="back" href="${paths.settings}">Settings</a>
      </header>
      ${list(page)} ${adding(page)}`,
  })
}

function list(page: PasskeysPage): Html {
  return html`<section class="panel" aria-labelledby="passkeys-title">
    <h2 id="passkeys-title">Your passkeys</h2>
    <p>
      Log in with your fingerprint, face or PIN instead of your password. No code is needed then.
    </p>
    ${
      page.passkeys.length === 0
        ? html`<p>None yet.</p>`
        : html`<ul class="things">
            ${page.passkeys.map((passkey) => item(page, passkey))}
          </ul>`
    }
  </section>`
}

function item({ frame, unnamed }: PasskeysPage, passkey: ShownPasskey): Html {
  const { lastUsedAt, name, passkeyId } = passkey
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const isRefused = unnamed?.passkeyId === passkeyId
  const problems = isRefused ? [{ field: 'name', message: 'Enter a name.' }] : []
  return html`<li>
    <div>
      <p>
        <bdi>${name}</bdi>
        ${passkey.isSynced ? html`<span class="badge">Synced</span>` : ''}
      </p>
      <p class="detail">
        Added ${moment(passkey.createdAt, reader)},
        ${lastUsedAt === undefined ? 'never used' : html`last used ${moment(lastUsedAt, reader)}`}
      </p>
      <details class="disclosure" ${isRefused ? html`open` : ''}>
        <summary>Rename<span class="visually-hidden"> ${name}</span></summary>
        <form method="post" action="${addressOf(paths.passkeyName, { passkeyId })}" novalidate>
          ${formField(
            {
              name: 'name',
              id: `name-${passkeyId}`,
              label: 'Name',
              type: 'text',
              autocomplete: 'off',
              value: isRefused ? '' : name,
            },
            problems,
          )}
          <button type="submit">Save name</button>
        </form>
      </details>
    </div>
    <form method="post" action="${addressOf(paths.passkeyRemoval, { passkeyId })}">
      <button class="quiet" type="submit">
        Remove<span class="visually-hidden"> ${name}</span>
      </button>
    </form>
  </li>`
}

function adding({ canAdd, frame, suggestedName }: PasskeysPage): Html {
  return html`<section class="panel" aria-labelledby="add-title">
    <h2 id="add-title">Add a passkey</h2>
    ${
      !canAdd
        ? html`<p>Passkeys don’t work here, because Taskr is at an IP address.</p>`
        : html`<p data-without-passkeys>Passkeys need JavaScript, and a browser that knows them.</p>
            ${passkeyForm({
              does: 'create',
              asks: paths.passkeyChallenge,
              action: paths.passkeys,
              script: frame.assets.passkeyScript,
              label: 'Add a passkey',
              fields: formField({
                name: 'name',
                label: 'Name',
                type: 'text',
                autocomplete: 'off',
                value: suggestedName,
              }),
            })}`
    }
  </section>`
}
