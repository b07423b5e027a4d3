// What every request carries through the server besides itself.
import { keepBody, type Exchange } from './journal/journal.ts'

/** The environment of every Hono app in here. */
export type Env = { Bindings: Connection }

export type Connection = {
  /** The journal's entry for this request, to be filled in. */
  readonly exchange: Exchange
  /** Who called: an IP address, or "in-process". */
  readonly address: string
  /** Set when an answer can go out in one piece: see textResponse. */
  readonly takeBytes: ((answer: WholeAnswer) => void) | undefined
}

/** An answer before it is a Response. */
export type WholeAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

/**
 * An answer whose body is at hand as a text. On a socket the text itself is sent and the Response
 * is only its shadow: making headers and a stream without a reader is half of the work.
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
