// Connections → Acme → People: every member of the workspace, who is in, whom to invite, and what each may do.
import { addressOf, paths, peopleAddress, type PeoplePlace } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { appPage } from '../../ui/layout.ts'
import { moment } from '../../ui/moment.ts'
import { pager, type PagePosition } from '../../ui/pager.ts'
import { counted, dateInWords, type PageReader } from '../../ui/words.ts'
import { rightsFields, rightsInWords, type Rights } from './rights.ts'

export type Person = {
  readonly memberId: string
  readonly name: string
  readonly emailAddress: string
  readonly state: PersonState
}

export type PersonState =
  /** the person who looks: the owner */
  | { readonly kind: 'owner' }
  | { readonly kind: 'suspended' }
  | { readonly kind: 'out' }
  | {
      readonly kind: 'invited'
      readonly rights: Rights
      readonly expiresAt: number
      readonly isExpired: boolean
    }
  | {
      readonly kind: 'in'
      readonly accountId: string
      readonly rights: Rights
      readonly joinedAt: number
      readonly lastSeenAt: number
    }

export type NewLink = {
  readonly name: string
  readonly emailAddress: string
  readonly link: string
  readonly isMailed: boolean
}

export type PeoplePage = {
  readonly frame: AppFrame
  readonly connectionId: string
  readonly workspaceName: string
  /** what narrows both lists */
  readonly search: string
  /** the owner and the people who have a seat */
  readonly isIn: readonly Person[]
  readonly inPosition: PagePosition
  readonly others: readonly Person[]
  readonly position: PagePosition
  /** the links of invitations made just now, which are shown once */
  readonly links?: readonly NewLink[]
}

export function peoplePage(page: PeoplePage): Html {
  const { connectionId, frame, inPosition, isIn, links = [], others, search, workspaceName } = page
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const isSearch = search !== ''
  return appPage(frame, {
    title: `People in ${workspaceName}`,
    current: { kind: 'connections' },
    body: html`<header class="view">
        <h1 dir="auto">People in ${workspaceName}</h1>
        <a class="back" href="${addressOf(paths.connection, { connectionId })}">${workspaceName}</a>
      </header>
      <p class="intro">
        Colleagues work through your connection, each as themselves. Attio shows their changes as
        made by the app; Taskr keeps who asked for each.
      </p>
      ${links.length === 0 ? '' : newLinks(links)}
      ${isSearch || isLong(page) ? searchForm(page) : ''}
      <section class="panel people" aria-labelledby="in-title">
        <h2 id="in-title">In now</h2>
        ${
          isIn.length === 0
            ? noMatch(search)
            : html`<ul>
                ${isIn.map((person) => memberItem(page, person, reader))}
              </ul>`
        }
        ${pager(
          inPosition,
          (inPage) => peopleAddress({ ...placeOf(page), inPage }),
          'people who are in',
        )}
      </section>
      ${others.length === 0 ? noOthers(page) : inviteForm(page, reader)}`,
  })
}

function isLong({ inPosition, position }: PeoplePage): boolean {
  return inPosition.pages > 1 || position.pages > 1
}

function placeOf({ connectionId, inPosition, position, search }: PeoplePage): PeoplePlace {
  return { connectionId, text: search, page: position.page, inPage: inPosition.page }
}

function searchForm({ connectionId, search }: PeoplePage): Html {
  return html`<form
    class="search"
    method="get"
    action="${addressOf(paths.people, { connectionId })}"
    role="search"
  >
    <label for="q">Find a person</label>
    <div class="entry">
      <input id="q" name="q" type="search" value="${search}" maxlength="256" autocomplete="off" />
      <button type="submit">Find</button>
    </div>
    <p class="hint">Name or email.</p>
  </form>`
}

function noMatch(search: string): Html {
  return html`<p class="note">No one who is in matches “<bdi>${search}</bdi>”.</p>`
}

function noOthers({ search }: PeoplePage): Html {
  return search === ''
    ? allIn()
    : html`<section class="panel">
        <p>No one else in the workspace matches “<bdi>${search}</bdi>”.</p>
      </section>`
}

function allIn(): Html {
  return html`<section class="panel"><p>Everyone in the workspace is in.</p></section>`
}

function newLinks(links: readonly NewLink[]): Html {
  const unmailed = links.filter(({ isMailed }) => !isMailed).length
  const isOne = links.length === 1
  return html`<section class="panel links" aria-labelledby="links-title">
    <h2 id="links-title">
      ${
        unmailed > 0
          ? `Send ${isOne ? 'this link' : 'each person their link'}`
          : `${isOne ? 'Invitation' : 'Invitations'} mailed`
      }
    </h2>
    <p>
      Each link works once, for one person, within seven days. Copy
      ${links.length === 1 ? 'it' : 'them'} now: Taskr can’t show
      ${links.length === 1 ? 'it' : 'them'} again.
    </p>
    <ul>
      ${links.map(
        ({ emailAddress, isMailed, link, name }) =>
          html`<li>
            <strong><bdi>${name}</bdi></strong>
            ${name === emailAddress ? '' : html`<span><bdi>${emailAddress}</bdi></span>`}
            ${isMailed && unmailed > 0 ? html`<span>Mailed, too</span>` : ''}
            <p class="address">
              <code>${link}</code>
            </p>
          </li>`,
      )}
    </ul>
  </section>`
}

function memberItem(page: PeoplePage, person: Person, reader: PageReader): Html {
  const { state } = person
  return html`<li>
    ${identity(person)}
    ${
      state.kind === 'in'
        ? html`<span class="note">
              ${rightsInWords(state.rights)} · joined ${dateInWords(state.joinedAt, reader)} · last
              here ${moment(state.lastSeenAt, reader)}
            </span>
            ${seatForms(page, person, state)}`
        : html`<span class="note">You · connected it</span>`
    }
  </li>`
}

function identity({ emailAddress, name }: Person): Html {
  // A member without a name goes by their address.
  const address = name === emailAddress ? '' : html`<small><bdi>${emailAddress}</bdi></small>`
  return html`<span class="person"><bdi>${name}</bdi> ${address}</span>`
}

function seatForms(
  page: PeoplePage,
  { name }: Person,
  { accountId, rights }: Extract<PersonState, { kind: 'in' }>,
): Html {
  const { connectionId } = page
  return html`<details class="disclosure">
    <summary>Change<span class="visually-hidden"> ${name}</span>…</summary>
    <form
      method="post"
      action="${peopleAddress(placeOf(page), addressOf(paths.seatRights, { connectionId, accountId }))}"
    >
      ${rightsFields(rights)}
      <button type="submit">Save<span class="visually-hidden"> for ${name}</span></button>
    </form>
    <form
      method="post"
      action="${peopleAddress(placeOf(page), addressOf(paths.seatRemoval, { connectionId, accountId }))}"
    >
      <p>Their open pages end at once. Changes that haven’t reached Attio are dropped.</p>
      <button class="danger" type="submit">
        <span>Remove <bdi>${name}</bdi></span>
      </button>
    </form>
  </details>`
}

function inviteForm(page: PeoplePage, reader: PageReader): Html {
  const { connectionId, others, position, workspaceName } = page
  const invitable = others.filter(({ state }) => state.kind !== 'suspended')
  const uninvited = others.filter(({ state }) => isUninvited(state))
  const withdrawal = (memberId: string): string => `withdraw-${memberId}`
  return html`<section class="panel people" aria-labelledby="invite-title">
    <h2 id="invite-title">Invite</h2>
    <form
      method="post"
      action="${peopleAddress(placeOf(page), addressOf(paths.invitations, { connectionId }))}"
    >
      ${rightsFields({ sees: 'own', mayLink: true })}
      <ul>
        ${others.map((person) => inviteItem(person, withdrawal(person.memberId), reader))}
      </ul>
      ${
        invitable.length === 0
          ? ''
          : html`<div class="ways">
              <button class="primary" type="submit">Invite selected</button>
              ${uninvited.length < 2 ? '' : inviteAll(uninvited.length, position.pages > 1)}
            </div>`
      }
    </form>
    ${pager(position, (at) => peopleAddress({ ...placeOf(page), page: at }), 'people to invite')}
    ${others.map(({ memberId, state }) =>
      state.kind === 'invited'
        ? html`<form
            method="post"
            id="${withdrawal(memberId)}"
            action="${peopleAddress(placeOf(page), addressOf(paths.invitationWithdrawal, { connectionId, memberId }))}"
          ></form>`
        : '',
    )}
    <p class="note">You choose who sees what in ${workspaceName}, and can change it later.</p>
  </section>`
}

/** A link that still works stays as it is, since a new invitation would replace it. */
function isUninvited(state: PersonState): boolean {
  return state.kind === 'out' || (state.kind === 'invited' && state.isExpired)
}

function inviteAll(count: number, isOnePage: boolean): Html {
  return html`<button type="submit" name="everyone" value="yes">
    Invite all ${counted(count, 'person', 'people')} not invited
    yet${isOnePage ? ' on this page' : ''}
  </button>`
}

function inviteItem(person: Person, withdrawalId: string, reader: PageReader): Html {
  const { memberId, name, state } = person
  if (state.kind === 'suspended') {
    return html`<li>${identity(person)} <span class="note">Suspended in Attio</span></li>`
  }
  return html`<li>
    ${isUninvited(state) ? html`<input type="hidden" name="shown[]" value="${memberId}" />` : ''}
    <label>
      <input type="checkbox" name="member[]" value="${memberId}" />
      ${identity(person)}
    </label>
    ${
      state.kind === 'invited'
        ? html`<span class="note">
              ${state.isExpired ? 'Invitation expired' : 'Invited'} ·
              ${rightsInWords(state.rights)}${
                state.isExpired ? '' : html` · until ${dateInWords(state.expiresAt, reader)}`
              }
            </span>
            <button class="quiet" type="submit" form="${withdrawalId}">
              Withdraw<span class="visually-hidden"> the invitation of ${name}</span>
            </button>`
        : ''
    }
  </li>`
}
