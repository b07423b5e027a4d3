// The page that an invitation's link leads to: join as the invited member, or why that is not possible and the way on.
import type { InvitationRefusal } from '../../../connections/connections.ts'
import { addressOf, logInAddress, paths, signUpAddress } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { rightsInWords, type Rights } from './rights.ts'

export type InvitationPage = {
  readonly frame: PageFrame
  readonly workspaceName: string
  readonly memberName: string
  readonly rights: Rights
  /** false where only people with an account may join */
  readonly maySignUp: boolean
}

export function invitationPage(page: InvitationPage): Html {
  const { frame, maySignUp, memberName, rights, workspaceName } = page
  const title = `Join ${workspaceName} as ${memberName}`
  return cardPage(frame, {
    title,
    body: html`<div class="card">
      <h1>Join <bdi>${workspaceName}</bdi> as <bdi>${memberName}</bdi></h1>
      <p>See and change Attio tasks in one fast list. ${rightsInWords(rights)}.</p>
      ${frame.account === undefined ? enter(maySignUp) : join(frame.account.username)}
    </div>`,
  })
}

function enter(maySignUp: boolean): Html {
  const returnTo = paths.invitation
  if (!maySignUp) {
    return html`<p>Sign-up here is closed, so you need an account to join.</p>
      <p class="actions">
        <a class="button primary grow" href="${logInAddress({ returnTo })}">Log in to join</a>
      </p>`
  }
  return html`<p class="actions">
    <a class="button primary grow" href="${signUpAddress({ returnTo })}">Sign up to join</a>
    <a class="button" href="${logInAddress({ returnTo })}">Log in</a>
  </p>`
}

function join(username: string): Html {
  return html`<p>
      You’re signed in as <strong><bdi>${username}</bdi></strong
      >.
    </p>
    <form class="actions" method="post" action="${paths.invitation}">
      <button class="primary grow" type="submit">Join</button>
      <a class="button" href="${paths.home}">Not now</a>
    </form>`
}

export type RefusedInvitationPage = {
  readonly frame: PageFrame
  readonly refusal: InvitationRefusal
  readonly workspaceName?: string | undefined
  /** the workspace's connection, when the person is in it */
  readonly connectionId?: string | undefined
}

export function refusedInvitationPage(page: RefusedInvitationPage): Html {
  const { connectionId, frame, refusal } = page
  const { title, words } = explain(page)
  const isIn = connectionId !== undefined
  return cardPage(frame, {
    title,
    body: html`<div class="card" data-refusal="${refusal.kind}">
      <h1>${title}</h1>
      ${words}
      <p class="actions">
        ${
          isIn
            ? html`<a class="button primary grow" href="${paths.home}">Open your tasks</a>`
            : html`<a class="button primary grow" href="${paths.home}">Go to Taskr</a>`
        }
        ${
          isIn
            ? html`<a class="button" href="${addressOf(paths.connection, { connectionId })}">
                Connection
              </a>`
            : ''
        }
      </p>
    </div>`,
  })
}

type Explained = { readonly title: string; readonly words: Html }

function explain({ connectionId, refusal, workspaceName }: RefusedInvitationPage): Explained {
  const workspace = html`<bdi>${workspaceName ?? 'the workspace'}</bdi>`
  switch (refusal.kind) {
    case 'unknown':
      return {
        title: 'This link doesn’t work',
        words: html`<p>
          It may be incomplete, withdrawn, or replaced by a newer one. Ask the person who invited
          you for a new link.
        </p>`,
      }
    case 'used':
      return explainUsed(workspace, connectionId !== undefined)
    case 'expired':
      return {
        title: 'This link has expired',
        words: html`<p>Links work for seven days. Ask for a new one to join ${workspace}.</p>`,
      }
    case 'member-gone':
      return {
        title: 'You’re no longer in this workspace',
        words: html`<p>
          The person this link is for was removed from ${workspace} in Attio. Ask an admin there to
          add you again.
        </p>`,
      }
    case 'member-suspended':
      return {
        title: 'You’re suspended in Attio',
        words: html`<p>
          The person this link is for is suspended in ${workspace}. Ask an admin there to change
          that, then open the link again.
        </p>`,
      }
    case 'already-in':
      return {
        title: 'You’re in this workspace already',
        words: html`<p>
          This account works in ${workspace} already, so it can’t join as someone else. To join as
          that person, log out and use another account.
        </p>`,
      }
    case 'other-address':
      return {
        title: 'This link is for another address',
        words: html`<p>
          Your account’s address is <strong><bdi>${refusal.own}</bdi></strong
          >, but the link is for <strong><bdi>${refusal.invited}</bdi></strong
          >. Ask the admin who invited you to invite the member with your address.
        </p>`,
      }
  }
}

function explainUsed(workspace: Html, hasJoined: boolean): Explained {
  if (hasJoined) {
    return { title: 'You’ve joined', words: html`<p>You’re in ${workspace} already.</p>` }
  }
  return {
    title: 'This link was used already',
    words: html`<p>
      Each link works once. If it wasn’t you, tell the person who invited you to ${workspace}.
    </p>`,
  }
}
