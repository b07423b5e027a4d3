// The log-in page. It never says whether the username or the password was wrong.
import type { SignUpRule } from '../../../accounts/accounts.ts'
import { paths, signUpAddress, type LogInReason } from '../../addresses.ts'
import { formField, problemSummary, type FieldMessage } from '../../ui/form-field.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { passkeyForm } from '../../passkeys/passkey-form.ts'
import { signOnButton } from './sign-on-button.ts'
import { triesLater, type TriesLater } from './tries-later.ts'

export type LogInPage = {
  readonly frame: PageFrame
  /** why the person was sent here, if they were redirected */
  readonly reason?: LogInReason | undefined
  /** who may sign up */
  readonly signUp: SignUpRule['mode']
  /** what people call the identity provider; undefined when there is none */
  readonly signOnLabel: string | undefined
  /** true when Taskr can mail a reset link */
  readonly canReset: boolean
  readonly values?: { readonly username: string } | undefined
  readonly outcome?: LogInOutcome | undefined
  /** true when this Taskr can have passkeys */
  readonly canUsePasskey: boolean
  /** the Taskr address to go to afterwards */
  readonly returnTo?: string | undefined
  /** what the person had typed into the form that brought them here */
  readonly unsavedText?: string | undefined
}

export type LogInOutcome =
  | { readonly kind: 'wrong' | 'locked' }
  | { readonly kind: 'refused'; readonly problems: readonly FieldMessage[] }
  | TriesLater

export function logInPage(page: LogInPage): Html {
  const { outcome, reason } = page
  const problems = outcome?.kind === 'refused' ? outcome.problems : []
  return cardPage(page.frame, {
    title: outcome === undefined ? 'Log in' : 'Problem: Log in',
    body: html`<div class="card">
      <h1>Log in</h1>
      ${
        reason === undefined || outcome !== undefined
          ? ''
          : html`<p class="reason">${reasons[reason]}</p>`
      }
      ${outcome === undefined ? '' : summary(outcome, page.frame.now)}
      ${page.unsavedText === undefined ? '' : unsaved(page.unsavedText)}
      <form method="post" action="${paths.logIn}" novalidate data-stay>
        ${formField(
          {
            name: 'username',
            label: 'Username',
            type: 'text',
            autocomplete: 'username',
            isFirst: outcome === undefined,
            value: page.values?.username,
          },
          problems,
        )}
        ${formField(
          {
            name: 'password',
            label: 'Password',
            type: 'password',
            autocomplete: 'current-password',
          },
          problems,
        )}
        ${
          page.returnTo === undefined
            ? ''
            : html`<input type="hidden" name="returnTo" value="${page.returnTo}" />`
        }
        <div class="actions">
          <button class="primary grow" type="submit">Log in</button>
        </div>
      </form>
      ${page.canUsePasskey ? withPasskey(page) : ''} ${signOn(page)}
      ${
        page.canReset
          ? html`<p class="switch"><a href="${paths.forgottenPassword}">Forgot password?</a></p>`
          : ''
      }
      ${signUp(page)}
    </div>`,
  })
}

/** A person who came from the identity provider to link their account would only come back. */
function signOn({ returnTo, signOnLabel }: LogInPage): Html {
  const label = returnTo === paths.signOnLink ? undefined : signOnLabel
  return signOnButton({ label, verb: 'Log in', returnTo })
}

/** A person who opened an invitation comes here to join with it. */
function signUp({ returnTo, signUp: mode }: LogInPage): Html {
  if (mode === 'open' || (mode === 'invited' && returnTo === paths.invitation)) {
    return html`<p class="switch">
      New to Taskr?
      <a href="${signUpAddress(returnTo === undefined ? {} : { returnTo })}">Sign up</a>
    </p>`
  }
  return html`<p class="switch">
    ${mode === 'invited' ? 'New here? Sign-up is by invitation.' : 'Sign-up is closed.'}
  </p>`
}

function withPasskey({ frame, returnTo }: LogInPage): Html {
  return passkeyForm({
    does: 'sign',
    asks: paths.signInChallenge,
    action: paths.passkeySignIn,
    script: frame.assets.passkeyScript,
    label: 'Log in with a passkey',
    fields:
      returnTo === undefined
        ? html``
        : html`<input type="hidden" name="returnTo" value="${returnTo}" />`,
  })
}

function unsaved(text: string): Html {
  return html`<div class="field">
    <p id="unsaved">This was not saved. Copy it before you log in.</p>
    <textarea readonly rows="3" dir="auto" aria-label="Not saved" aria-describedby="unsaved">
${text}</textarea>
  </div>`
}

const reasons = {
  'session-ended': 'Your session ended. Log in to continue.',
  needed: 'Log in to continue.',
  'finish-connecting': 'Your session ended. Log in to finish connecting.',
  'logged-out': "You're logged out.",
  'code-expired': 'That took too long. Log in again.',
  'password-reset': 'Password changed. Log in with the new one.',
  'link-sign-on': 'Your email has an account here. Log in with its password once to link them.',
} satisfies Record<LogInReason, string>

function summary(outcome: LogInOutcome, now: number): Html {
  switch (outcome.kind) {
    case 'wrong':
      return problemSummary('Wrong username or password.')
    case 'locked':
      return problemSummary('This account is locked. Ask the operator of this server.')
    case 'refused':
      return outcome.problems.length === 1
        ? html``
        : problemSummary('Please fix this:', outcome.problems)
    case 'too-many':
    case 'busy':
      return triesLater(outcome, now)
  }
}
