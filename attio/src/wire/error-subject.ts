// Reads from the message of a 404 which resource Attio could not find.
// Source: docs.attio.com/rest-api/guides/error-handling; the messages are in its endpoint reference

/** The resource that an error is about, for example `{ kind: 'task', id: '…' }`. */
export interface ErrorSubject {
  /** Attio's noun in lower case with hyphens: `task`, `record`, `object`, `workspace-member`, `webhook`, … */
  readonly kind: string
  /** Absent when the message does not name it. */
  readonly id?: string
}

const noun = '(?<noun>[a-z]+(?: [a-z]+){0,3}?)'
const name = '(?: with (?:slug\\/id|slug or id|id|slug))?(?: "(?<id>[^"]*)")?'
const sentences = [
  new RegExp(`^could not find (?:the |a )?${noun}${name}\\.?$`, 'i'),
  new RegExp(
    `^(?:the |referenced )*${noun}${name} (?:was |is |could )?not (?:be )?found\\.?$`,
    'i',
  ),
]

export function readErrorSubject(message: string): ErrorSubject | undefined {
  for (const sentence of sentences) {
    const found = sentence.exec(message.trim())?.groups
    if (found === undefined) continue
    const kind = (found['noun'] ?? '').toLowerCase().replaceAll(' ', '-')
    const id = found['id']
    return id === undefined ? { kind } : { kind, id }
  }
  return undefined
}
