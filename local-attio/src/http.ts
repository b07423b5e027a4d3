// What every request carries through the server besides itself.
import type { Exchange } from './control/journal.ts'

/** The environment of every Hono app in here. */
export type Env = { Bindings: Connection }

export type Connection = {
  /** The journal's entry for this request, to be filled in. */
  readonly exchange: Exchange
  /** Who called: an IP address, or "in-process". */
  readonly address: string
}
