// One account, for operators. It shows no task: only who it is, where it is connected, and what can be done.
import { addressOf, paths } from '../../addresses.ts'
import { statusBadge, type PanelStatus } from '../../connections/views/connection-panel.ts'
import { problemSummary } from '../../ui/form-field.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { atMoment } from '../../ui/moment.ts'
import { counted, dateInWords } from '../../ui/words.ts'
import { accountBadges, type AccountRow } from './account-list.ts'
import { operatorPage } from './operator-page.ts'

export type OperatedAccountPage = {
  readonly frame: AppFrame
  readonly account: AccountRow
  /** true for the account of the person who looks */
  readonly isOwn: boolean
  readonly sessions: number
  readonly lastSeenAt: number | undefined
  readonly connections: readonly OperatedConnection[]
  readonly canMail: boolean
  readonly refusal?: 'own' | 'last-operator' | 'no-address' | 'mail-off' | undefined
}

export type OperatedConnection = {
  readonly workspaceName: string
  readonly status: PanelStatus
  readonly role: 'owner' | 'seat'
}

export function operatedAccountPage(page: OperatedAccountPage): Html {
  const { account, frame, refusal } = page
  return operatorPage(frame, {
    title: `${refusal === undefined ? '' : 'Problem: '}Account ${account.username}`,
    heading: html`<bdi>${account.username}</bdi>`,
    current: undefined,
    body: html`${refusal === undefined ? '' : problemSummary(refusals[refusal])} ${facts(page)}
    ${connectionPanel(page)} ${actions(page)}`,
  })
}

const refusals = {
  own: 'You can’t lock your own account. Ask another operator.',
  'last-operator': 'This is the only operator who can log in. Make another person one first.',
  'no-address': 'This account has no confirmed email. On the server, a command makes a link.',
  'mail-off': 'This Taskr can’t send mail. On the server, a command makes a link.',
} satisfies Record<NonNullable<OperatedAccountPage['refusal']>, string>

function facts({ account, frame, lastSeenAt, sessions }: OperatedAccountPage): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const { createdAt, emailAddress, isVerified, lockedAt } = account
  return html`<section class="panel" aria-labelledby="about-title">
    <h2 id="about-title">About ${accountBadges(account)}</h2>
    <p>
      ${
        emailAddress === undefined
          ? 'No email.'
          : html`<bdi>${emailAddress}</bdi>${isVerified ? ', confirmed.' : ', not confirmed.'}`
      }
      Signed up ${dateInWords(createdAt, reader)}.
    </p>
    <p>
      ${
        lastSeenAt === undefined
          ? 'Logged in nowhere.'
          : html`${counted(sessions, 'session')}, last seen ${atMoment(lastSeenAt, reader)}.`
      }
      ${lockedAt === undefined ? '' : html`Locked ${atMoment(lockedAt, reader)}.`}
    </p>
  </section>`
}

function connectionPanel({ connections }: OperatedAccountPage): Html {
  return html`<section class="panel" aria-labelledby="connections-title">
    <h2 id="connections-title">Connections</h2>
    ${
      connections.length === 0
        ? html`<p>No workspace is connected.</p>`
        : html`<ul class="things">
            ${connections.map(
              ({ role, status, workspaceName }) =>
                html`<li>
                  <div>
                    <p><bdi>${workspaceName}</bdi> ${statusBadge(status)}</p>
                    <p class="detail">${role === 'owner' ? 'Connected it' : 'Has a seat'}</p>
                  </div>
                </li>`,
            )}
          </ul>`
    }
  </section>`
}

function actions(page: OperatedAccountPage): Html {
  return html`<section class="panel actions-of-account" aria-labelledby="actions-title">
    <h2 id="actions-title">Actions</h2>
    ${lockForm(page)} ${sessionsForm(page)} ${resetForm(page)} ${roleForm(page)}
  </section>`
}

function lockForm({ account, isOwn }: OperatedAccountPage): Html {
  const { accountId, lockedAt } = account
  if (isOwn) return html``
  return lockedAt === undefined
    ? html`<form method="post" action="${addressOf(paths.accountLocking, { accountId })}">
        <p>
          They’re logged out everywhere and can’t log in. Changes that haven’t reached Attio are
          dropped; colleagues keep working through their connections.
        </p>
        <button class="danger" type="submit">Lock account</button>
      </form>`
    : html`<form method="post" action="${addressOf(paths.accountUnlocking, { accountId })}">
        <button type="submit">Unlock account</button>
      </form>`
}

function sessionsForm({ account: { accountId }, sessions }: OperatedAccountPage): Html {
  if (sessions === 0) return html``
  return html`<form method="post" action="${addressOf(paths.accountSessionsEnding, { accountId })}">
    <button type="submit">Log out everywhere</button>
  </form>`
}

function resetForm({ account, canMail }: OperatedAccountPage): Html {
  const { accountId, emailAddress, isVerified, lockedAt } = account
  if (!canMail || !isVerified || emailAddress === undefined || lockedAt !== undefined) {
    return html``
  }
  return html`<form method="post" action="${addressOf(paths.accountResetLink, { accountId })}">
    <button type="submit">Mail a reset link</button>
  </form>`
}

function roleForm({ account: { accountId, isOperator } }: OperatedAccountPage): Html {
  return html`<form method="post" action="${addressOf(paths.operatorRole, { accountId })}">
    <button type="submit" name="isOperator" value="${isOperator ? 'no' : 'yes'}">
      ${isOperator ? 'Remove as operator' : 'Make operator'}
    </button>
  </form>`
}
