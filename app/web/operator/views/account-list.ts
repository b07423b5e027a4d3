// The accounts of this server, for operators: find one, and let one more person sign up.
import { formSummary, problemsIn, type FormRefusal } from '../../account/views/form-summary.ts'
import { accountListAddress, addressOf, paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { formField } from '../../ui/form-field.ts'
import { html, type Html } from '../../ui/html.ts'
import { dateInWords } from '../../ui/words.ts'
import { nextPage, operatorPage } from './operator-page.ts'

export type AccountRow = {
  readonly accountId: string
  readonly username: string
  readonly emailAddress: string | undefined
  readonly isVerified: boolean
  readonly createdAt: number
  readonly isOperator: boolean
  readonly lockedAt: number | undefined
}

export type AccountListPage = {
  readonly frame: AppFrame
  readonly search: string
  readonly accounts: readonly AccountRow[]
  /** the last account, when there are more */
  readonly next: string | undefined
  /** true when Taskr can mail a link */
  readonly canMail: boolean
  /** the link that was made just now, which is shown once */
  readonly newLink?: string | undefined
  readonly refusal?: FormRefusal | undefined
  /** the address that was typed into the refused form */
  readonly typed?: string | undefined
}

export function accountListPage(page: AccountListPage): Html {
  const { accounts, frame, next, search } = page
  return operatorPage(frame, {
    title: page.refusal === undefined ? 'Accounts' : 'Problem: Accounts',
    heading: 'Accounts',
    current: 'accounts',
    body: html`<form class="search" method="get" action="${paths.operator}" role="search">
        <label for="q">Find an account</label>
        <div class="entry">
          <input id="q" name="q" type="search" value="${search}" maxlength="300" />
          <button type="submit">Find</button>
        </div>
        <p class="hint">The beginning of a username or email, at least three letters.</p>
      </form>
      ${
        accounts.length === 0
          ? html`<p class="empty">No account begins with “${search}”.</p>`
          : html`<ul class="things" aria-label="Accounts">
              ${accounts.map((account) => accountItem(account, frame))}
            </ul>`
      }
      ${nextPage(next && accountListAddress({ q: search, after: next }), 'Accounts')}
      ${signUpLink(page)}`,
  })
}

function accountItem(account: AccountRow, frame: AppFrame): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const { accountId, createdAt, emailAddress, username } = account
  return html`<li>
    <div>
      <p>
        <a href="${addressOf(paths.operatorAccount, { accountId })}"><bdi>${username}</bdi></a>
        ${accountBadges(account)}
      </p>
      <p class="detail">
        ${emailAddress === undefined ? 'No email' : html`<bdi>${emailAddress}</bdi>`} · since
        ${dateInWords(createdAt, reader)}
      </p>
    </div>
  </li>`
}

export function accountBadges({
  isOperator,
  lockedAt,
}: Pick<AccountRow, 'isOperator' | 'lockedAt'>): Html {
  return html`${isOperator ? html`<span class="badge" data-tone="good">Operator</span>` : ''}
  ${lockedAt === undefined ? '' : html`<span class="badge" data-tone="late">Locked</span>`}`
}

function signUpLink({ canMail, frame, newLink, refusal, typed }: AccountListPage): Html {
  return html`<section class="panel links" aria-labelledby="link-title">
    <h2 id="link-title">Let a person in</h2>
    <p>A sign-up link works once, within seven days, also while sign-up is closed.</p>
    ${
      newLink === undefined
        ? ''
        : html`<div class="message" role="status">
            <p>Send this link. Copy it now: Taskr can’t show it again.</p>
            <p class="address"><code>${newLink}</code></p>
          </div>`
    }
    ${formSummary('No link was made.', refusal, frame.now)}
    <form method="post" action="${paths.operatorSignUpLink}" novalidate>
      ${
        canMail
          ? formField(
              {
                name: 'emailAddress',
                label: 'Email (optional)',
                type: 'email',
                autocomplete: 'off',
                hint: 'Leave it empty to get a link that you send yourself.',
                value: typed,
                required: false,
              },
              problemsIn(refusal),
            )
          : ''
      }
      <button type="submit">Make a sign-up link</button>
    </form>
  </section>`
}
