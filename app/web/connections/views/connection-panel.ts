// One connection: its status, who approved it and when, how fresh its tasks are, and the buttons to reconnect or disconnect.
import type { Lack } from '../../../connections/connections.ts'
import type { Updates } from '../../../webhooks/webhooks.ts'
import { addressOf, connectAddress, paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { workspaceDot, workspaceHues } from '../../ui/hue.ts'
import { html, type Html } from '../../ui/html.ts'
import { moment } from '../../ui/moment.ts'
import { costInWords } from '../../ui/scopes.ts'
import { counted, dateInWords, listInWords, numberInWords } from '../../ui/words.ts'
import { rightsInWords, type Rights } from '../../seats/views/rights.ts'
import {
  endForEveryone,
  holderWays,
  ownerWays,
  type SharedConnection,
} from '../../seats/views/seat-ways.ts'
import { disconnectForm, type DisconnectForm } from './disconnect-form.ts'
import { scopeList } from './scope-list.ts'

export type ConnectionDetails = {
  readonly connectionId: string
  readonly workspaceName: string
  readonly workspaceSlug: string
  /** who approved it in Attio, when Attio says so */
  readonly memberName?: string | undefined
  /** absent for the owner */
  readonly seat?:
    | {
        readonly memberName: string | undefined
        readonly isAdmin: boolean
        readonly rights: Rights
      }
    | undefined
  /** the seats on the owner's connection */
  readonly seats?: SharedConnection['seats'] | undefined
  readonly status: PanelStatus
  readonly scopes: readonly string[]
  /** which permissions are missing */
  readonly lack?: Lack | undefined
  readonly createdAt: number
  /** null until the first sync has finished */
  readonly asOf: number | null
  readonly tasks: number
  /** what the last sync could not read; each sync tries again */
  readonly unread?: Unread | undefined
  /** how many changes are not at Attio yet */
  readonly underWay?: number | undefined
  /** How Taskr learns of changes in Attio. */
  readonly updates: Updates
}

export type PanelStatus = 'active' | 'needs-reconnect' | 'missing-scopes' | 'disconnecting'

export type PanelSetting = {
  readonly frame: AppFrame
  readonly asksFor: DisconnectForm['asksFor']
  readonly refused?: DisconnectForm['refused']
  /** on the connection's own page the name is the page's heading */
  readonly isWholePage?: boolean
}

export function connectionPanel(connection: ConnectionDetails, setting: PanelSetting): Html {
  const titleId = `connection-${connection.connectionId}`
  const address = addressOf(paths.connection, { connectionId: connection.connectionId })
  return html`<section class="panel connection" aria-labelledby="${titleId}">
    <header>
      ${workspaceDot(connection, workspaceHues(setting.frame.workspaces), 'decoration')}
      <h2 id="${titleId}" dir="auto">
        ${
          setting.isWholePage === true
            ? 'Status'
            : html`<a href="${address}">${connection.workspaceName}</a>`
        }
      </h2>
      ${statusBadge(connection.status)}
    </header>
    ${trouble(connection)} ${facts(connection, setting.frame)}
    ${connection.status === 'disconnecting' ? '' : waysOut(connection, setting)}
  </section>`
}

const statusWords = {
  active: { tone: 'good', words: 'Connected' },
  'needs-reconnect': { tone: 'late', words: 'Needs reconnecting' },
  'missing-scopes': { tone: 'late', words: 'Permissions missing' },
  disconnecting: { tone: 'quiet', words: 'Disconnecting' },
} satisfies Record<PanelStatus, { tone: string; words: string }>

export function statusBadge(status: PanelStatus): Html {
  const { tone, words } = statusWords[status]
  return html`<span class="badge" data-tone="${tone}">${words}</span>`
}

function trouble(connection: ConnectionDetails): Html {
  switch (connection.status) {
    case 'active':
      return html``
    case 'needs-reconnect':
      return html`<p>Taskr lost access. Its tasks stay readable until it’s reconnected.</p>`
    case 'missing-scopes':
      return html`<p>
          ${connection.lack === undefined ? '' : costInWords[connection.lack.costs]} Set these on
          the Scopes tab of the app in Attio’s developer dashboard, then reconnect:
        </p>
        ${scopeList(connection.lack?.scopes ?? [])}`
    case 'disconnecting':
      return html`<p>Deleting its tasks here and revoking Taskr’s access.</p>`
  }
}

function facts(connection: ConnectionDetails, frame: AppFrame): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  return html`<dl class="facts">
    <div>
      <dt>Acts as</dt>
      <dd><bdi>${connection.memberName ?? 'the workspace itself'}</bdi></dd>
    </div>
    ${connection.seat === undefined ? '' : seatFacts(connection.seat)}
    <div>
      <dt>Connected since</dt>
      <dd>${dateInWords(connection.createdAt, reader)}</dd>
    </div>
    <div>
      <dt>Last synced</dt>
      <dd>${connection.asOf === null ? 'not yet' : moment(connection.asOf, reader)}</dd>
    </div>
    ${skipped(connection.unread)}
    <div>
      <dt>Tasks</dt>
      <dd>${numberInWords(connection.tasks)}</dd>
    </div>
    <div>
      <dt>Updates</dt>
      <dd>${updatesInWords(connection)}</dd>
    </div>
  </dl>`
}

interface Unread {
  readonly tasks: number
  readonly members: number | 'all'
  readonly names: number
}

function skipped(unread: Unread | undefined): Html {
  if (unread === undefined) return html``
  const parts = [
    unread.tasks === 0 ? [] : [counted(unread.tasks, 'task')],
    membersUnread(unread.members),
    unread.names === 0 ? [] : [counted(unread.names, 'record name')],
  ].flat()
  if (parts.length === 0) return html``
  return html`<div>
    <dt>Skipped</dt>
    <dd>${listInWords(parts)} that Taskr couldn’t read. Each sync tries again.</dd>
  </div>`
}

function membersUnread(members: Unread['members']): string[] {
  if (members === 0) return []
  return [members === 'all' ? 'the list of members' : counted(members, 'member')]
}

function seatFacts({ memberName, rights }: NonNullable<ConnectionDetails['seat']>): Html {
  return html`<div>
      <dt>You are</dt>
      <dd><bdi>${memberName ?? 'a member'}</bdi></dd>
    </div>
    <div>
      <dt>Your seat</dt>
      <dd>${rightsInWords(rights)}</dd>
    </div>`
}

function updatesInWords({
  updates,
  status,
}: Pick<ConnectionDetails, 'updates' | 'status'>): string {
  if (status === 'needs-reconnect') return 'paused until it’s reconnected'
  if (updates.kind === 'live') return 'live'
  return `every minute while you look: ${reasonsToPoll[updates.why]}`
}

const reasonsToPoll = {
  'being-made': 'its webhook is being created',
  'no-address': 'Attio sends webhooks only to https addresses',
  'missing-scope': 'the app lacks the permission “Webhooks: Read-write”',
  'needs-reconnect': 'Taskr lost access',
  unreachable: 'Attio can’t be reached to create a webhook; Taskr keeps trying',
  refused: 'Attio refused a webhook; Taskr keeps trying',
} satisfies Record<Extract<Updates, { kind: 'polled' }>['why'], string>

function waysOut(connection: ConnectionDetails, setting: PanelSetting): Html {
  const { connectionId, memberName, seat, seats = [], status, workspaceName } = connection
  if (seat !== undefined) {
    return holderWays({
      connectionId,
      workspaceName,
      needsReconnect: status === 'needs-reconnect',
      approver: memberName,
      isAdmin: seat.isAdmin,
    })
  }
  const shared = { connectionId, workspaceName, seats }
  return html`<div class="ways">
    ${
      connection.status === 'active'
        ? ''
        : html`<a class="button primary" href="${connectAddress({ connection: connectionId })}"
            >Reconnect<span class="visually-hidden"> ${workspaceName}</span></a
          >`
    }
    ${ownerWays(shared)}
    ${disconnectForm({
      everyone: endForEveryone(shared),
      connectionId,
      workspaceName,
      underWay: connection.underWay,
      asksFor: setting.asksFor,
      refused: setting.refused,
      now: setting.frame.now,
    })}
  </div>`
}
