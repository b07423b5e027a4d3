// The panel of a shared connection: its owner manages the seats and may hand the connection over; the holder
// of a seat may leave it, and reads who owns the connection.
import { addressOf, connectAddress, paths } from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'
import { counted } from '../../ui/words.ts'

/** The facts that the owner's panel shows. */
export type SharedConnection = {
  readonly connectionId: string
  readonly workspaceName: string
  /** the accounts that could take the connection over */
  readonly seats: readonly { readonly accountId: string; readonly name: string }[]
}

export function ownerWays({ connectionId, seats, workspaceName }: SharedConnection): Html {
  const people = seats.length === 0 ? 'Invite people' : `People · ${seats.length + 1}`
  return html`<a class="button" href="${addressOf(paths.people, { connectionId })}"
      >${people}<span class="visually-hidden"> in ${workspaceName}</span></a
    >
    ${
      seats.length === 0
        ? ''
        : html`<details class="disclosure">
            <summary>Hand over<span class="visually-hidden"> ${workspaceName}</span>…</summary>
            <form method="post" action="${addressOf(paths.handOver, { connectionId })}">
              <p>
                They manage the connection from then on, and you leave it. Your changes that haven’t
                reached Attio are dropped.
              </p>
              <label for="to-${connectionId}">To</label>
              <select id="to-${connectionId}" name="to">
                ${seats.map(({ accountId, name }) => html`<option value="${accountId}">${name}</option>`)}
              </select>
              <button type="submit">Hand over and leave</button>
            </form>
          </details>`
    }`
}

/** Asked before a connection that others work through ends. */
export function endForEveryone({ seats }: Pick<SharedConnection, 'seats'>): Html {
  return seats.length === 0
    ? html``
    : html`<label class="check">
        <input type="checkbox" name="everyone" value="yes" />
        <span>
          Also end it for ${counted(seats.length, 'colleague')}
          <small>To keep it for them, hand it over instead.</small>
        </span>
      </label>`
}

export type HeldSeat = {
  readonly connectionId: string
  readonly workspaceName: string
  readonly needsReconnect: boolean
  /** the member who approved the connection in Attio */
  readonly approver: string | undefined
  /** true when the holder is an admin in Attio, and could approve it again */
  readonly isAdmin: boolean
}

export function holderWays(seat: HeldSeat): Html {
  const { connectionId, isAdmin, needsReconnect, workspaceName } = seat
  return html`${needsReconnect ? whomToAsk(seat) : ''}
    <div class="ways">
      ${
        needsReconnect && isAdmin
          ? html`<a class="button primary" href="${connectAddress({ connection: connectionId })}"
              >Reconnect<span class="visually-hidden"> ${workspaceName}</span></a
            >`
          : ''
      }
      <details class="disclosure">
        <summary>Leave<span class="visually-hidden"> ${workspaceName}</span>…</summary>
        <form method="post" action="${addressOf(paths.leaving, { connectionId })}">
          <p>
            You stop seeing its tasks here. Changes that haven’t reached Attio are dropped. Nothing
            else changes in Attio.
          </p>
          <button class="danger" type="submit">
            <span>Leave <bdi>${workspaceName}</bdi></span>
          </button>
        </form>
      </details>
    </div>`
}

function whomToAsk({ approver, isAdmin }: HeldSeat): Html {
  const who =
    approver === undefined ? html`an admin of the workspace` : html`<bdi>${approver}</bdi>`
  return isAdmin
    ? html`<p>Ask ${who} to reconnect it, or do it yourself: you’re an admin in Attio.</p>`
    : html`<p>Ask ${who} to reconnect it in Taskr.</p>`
}
