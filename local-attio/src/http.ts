// The context that every request carries through the server.
import { keepBody, type Exchange } from './journal/journal.ts'

/** The environment of every Hono app in this server. */
export type Env = { Bindings: Connection }

export type Connection = {
  /** The journal's entry for this request, which handlers complete. */
  readonly exchange: Exchange
  /** The caller: an IP address, or "in-process". */
  readonly address: string
  /** True when an answer may be sent in one piece: see textResponse. */
  readonly takeBytes: ((answer: WholeAnswer) => void) | undefined
}

/** An answer before it becomes a Response. */
export type WholeAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

/**
 * Creates an answer from a text. On a socket the text itself is sent and the Response stays unread:
 * building its headers and stream would be half of the work.
 */
export function textResponse(
  connection: Connection,
  { status, headers, text }: Omit<WholeAnswer, 'bytes'> & { readonly text: string },
): Response {
  const bytes = Buffer.from(text)
  keepBody(connection.exchange, bytes)
  if (!connection.takeBytes) return new Response(bytes, { status, headers })
  connection.takeBytes({ status, headers, bytes })
  return new Response(null, { status })
}
