// Lists of addresses with their handlers: one line per address, so that a search for an address leads to its handler.
import type { Hono } from 'hono'
import type { RouteParts, WebContext, WebEnv } from './web-parts.ts'

/** Answers the requests of one address. */
export type Handler<Parts = RouteParts> = (
  parts: Parts,
  context: WebContext,
) => Response | Promise<Response>

export type Route<Parts = RouteParts> = readonly [
  method: 'GET' | 'POST',
  path: string,
  handle: Handler<Parts>,
]

export function addRoutes<Parts>(
  app: Hono<WebEnv>,
  parts: Parts,
  routes: readonly Route<Parts>[],
): void {
  for (const [method, path, handle] of routes) {
    app.on(method, path, (context) => handle(parts, context))
  }
}
