// GET /lookups/…/quick-add: tells the script what Taskr understood of a line while it is typed.
import type { ListedConnection } from '../../../sync/sync.ts'
import type { UnderstoodLine } from '../../../tasks/tasks.ts'
import { deadlineOf } from '../../../tasks/tasks.ts'
import { answerJson } from '../../answer-json.ts'
import { signedIn } from '../../pages.ts'
import { Problem } from '../../problem.ts'
import { queryOf } from '../../read-query.ts'
import { valueInPath } from '../../request-path.ts'
import { initialsOf } from '../../ui/avatar.ts'
import { personHue } from '../../ui/hue.ts'
import { deadlineInWords } from '../../ui/words.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { connectionFor } from './new-task.ts'

export async function showUnderstood(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accountId, timeZone } = signedIn(context)
  const query = queryOf(context)
  const text = query.get('text') ?? ''
  const kept = query.getAll('kept').slice(0, 20)
  if (text.length > 2_000) throw new Problem({ kind: 'bad-request' })
  const connections = await parts.sync.listConnections(accountId)
  const connection = connectionFor(connections, valueInPath(context, 'connectionId'))
  const understood = await parts.tasks.understand(connection, text, { timeZone, kept })
  const reader = { now: parts.clock.now(), timeZone }
  return answerJson(context, {
    ...chipsOf(text, understood, { reader, memberId: connection.memberId }),
    content: understood.content,
    due: understood.due && { date: understood.due.date, time: understood.due.time },
  })
}

/** The chips that the script shows; `phrase` is the part of the line behind a chip. */
function chipsOf(
  line: string,
  { due, assignees, records, unclear, unmatched, contacts }: UnderstoodLine,
  {
    memberId,
    reader,
  }: {
    readonly memberId: ListedConnection['memberId']
    readonly reader: { readonly now: number; readonly timeZone: string }
  },
) {
  const phraseOf = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    line.slice(from, to)
  const deadlineAt = due && deadlineOf(due, reader.timeZone)
  return {
    chips: [
      ...(due === undefined || deadlineAt === undefined || deadlineAt === null
        ? []
        : [
            {
              kind: 'date',
              phrase: phraseOf(due),
              label: deadlineInWords(deadlineAt, reader).text,
            },
          ]),
      ...assignees.map((found) => ({
        kind: 'person',
        phrase: phraseOf(found),
        label: found.value.name,
        name: found.value.name,
        memberId: found.value.memberId,
        initials: initialsOf(found.value.name),
        hue: personHue(found.value.name),
        isMe: found.value.memberId === memberId,
      })),
      ...records.map((found) => ({
        kind: 'record',
        phrase: phraseOf(found),
        label: found.value.name,
      })),
      ...unclear.map((found) => ({
        kind: 'unclear',
        phrase: phraseOf(found),
        label: `Which ${phraseOf(found)}?`,
      })),
      ...unmatched.map((found) => ({
        kind: 'unmatched',
        phrase: phraseOf(found),
        label: `No match for ${phraseOf(found)}`,
      })),
    ],
    contacts: contacts.map(({ kind, value }) => ({ kind, value })),
  }
}
