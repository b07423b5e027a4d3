// Connection problems above the list, each with one line and one action.
import type { Lack } from '../../../connections/connections.ts'
import { addressOf, connectAddress, paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon, type IconName } from '../../ui/icons.ts'
import { moment } from '../../ui/moment.ts'
import { costInWords } from '../../ui/scopes.ts'
import type { PageReader } from '../../ui/words.ts'
import { areMissing } from './change-in-words.ts'

export type ConnectionRow = {
  readonly connectionId: string
  readonly workspaceName: string
  readonly status: 'active' | 'needs-reconnect' | 'missing-scopes' | 'disconnecting'
  /** absent for the owner's */
  readonly role?: 'owner' | 'seat'
  /** which permissions are missing */
  readonly lack?: Lack | undefined
  /** null until the first sync has finished */
  readonly asOf: number | null
  /** present during a sync */
  readonly sync?: { readonly tasksSeen: number } | undefined
  /** the reason why the tasks are out of date */
  readonly trouble?: 'unreachable' | 'slow' | 'limited' | 'unreadable' | 'refused' | undefined
}

export function connectionProblems(connections: readonly ConnectionRow[], frame: AppFrame): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const boxes = connections.flatMap((connection) => problemsOf(connection, reader))
  return boxes.length === 0
    ? html``
    : html`<ul class="problems" aria-label="Problems">
        ${boxes}
      </ul>`
}

function problemsOf(connection: ConnectionRow, reader: PageReader): readonly Html[] {
  const { connectionId, workspaceName } = connection
  const name = html`<strong><bdi>${workspaceName}</bdi></strong>`
  switch (connection.status) {
    case 'needs-reconnect':
      return [
        problemBox(
          'late',
          'alert',
          html`Taskr lost access to ${name}. ${lastSeen(connection, reader)}`,
          connection.role === 'seat'
            ? {
                label: 'Whom to ask',
                about: workspaceName,
                address: addressOf(paths.connection, { connectionId }),
              }
            : {
                label: 'Reconnect',
                about: workspaceName,
                address: connectAddress({ connection: connectionId }),
              },
        ),
      ]
    case 'missing-scopes':
      return [lackBox(connection, reader), ...troubleBoxes(connection, reader)]
    case 'disconnecting':
      return []
    case 'active':
      return troubleBoxes(connection, reader)
  }
}

function lackBox(connection: ConnectionRow, reader: PageReader): Html {
  const { connectionId, workspaceName, lack = unknownLack } = connection
  const isRead = lack.costs !== 'reading'
  return problemBox(
    isRead ? 'quiet' : 'late',
    'lock',
    html`<strong><bdi>${workspaceName}</bdi></strong
      >: ${areMissing(lack.scopes)} in Attio’s dashboard. ${costInWords[lack.costs]}
      ${isRead ? '' : lastSeen(connection, reader)}`,
    {
      label: 'What to do',
      about: workspaceName,
      address: addressOf(paths.connection, { connectionId }),
    },
  )
}

const unknownLack: Lack = { scopes: [], costs: 'reading' }

function troubleBoxes(connection: ConnectionRow, reader: PageReader): readonly Html[] {
  const { trouble, workspaceName } = connection
  if (trouble === undefined) return []
  const name = html`<strong><bdi>${workspaceName}</bdi></strong>`
  return [
    problemBox(
      'quiet',
      'clock',
      html`${name}: ${troubles[trouble]} ${lastSeen(connection, reader)}`,
    ),
  ]
}

const troubles = {
  unreachable: 'Can’t reach Attio.',
  slow: 'Attio is slow right now.',
  limited: 'Attio asked Taskr to wait a moment.',
  refused: 'Attio isn’t letting Taskr read it right now. Taskr keeps trying.',
  unreadable: 'Attio sent something Taskr couldn’t read. Taskr keeps trying.',
} satisfies Record<NonNullable<ConnectionRow['trouble']>, string>

function lastSeen({ asOf, trouble }: ConnectionRow, reader: PageReader): Html {
  const isSendingLater = trouble === 'unreachable'
  return asOf === null
    ? html`Its tasks haven’t arrived yet.`
    : html`Showing tasks from
      ${moment(asOf, reader)}${isSendingLater ? '; your changes will be sent' : ''}.`
}

function problemBox(
  tone: 'late' | 'quiet',
  name: IconName,
  words: Html,
  step?: { readonly label: string; readonly about: string; readonly address: string },
): Html {
  return html`<li class="problem" data-tone="${tone}">
    ${icon(name)}
    <p>${words}</p>
    ${
      step === undefined
        ? ''
        : html`<a href="${step.address}"
            >${step.label}<span class="visually-hidden">: ${step.about}</span></a
          >`
    }
  </li>`
}
