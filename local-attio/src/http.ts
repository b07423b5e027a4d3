// What every request carries through the server besides itself.
import { keepBody, type Exchange } from './control/journal.ts'

/** The environment of every Hono app in here. */
export type Env = { Bindings: Connection }

export type Connection = {
  /** The journal's entry for this request, to be filled in. */
  readonly exchange: Exchange
  /** Who called: an IP address, or "in-process". */
  readonly address: string
  /**
   * Takes the body of an answer as a text beside an empty Response: a socket has no use for the
   * stream that a Response would make of it.
   */
  readonly takeText: ((text: string) => void) | undefined
}

/** An answer whose body is at hand as a text. */
export function textResponse(connection: Connection, text: string, init: ResponseInit): Response {
  keepBody(connection.exchange, text)
  if (!connection.takeText) return new Response(text, init)
  connection.takeText(text)
  return new Response(null, init)
}
