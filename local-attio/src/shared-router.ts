// A router for the apps of all local Attios in a process. They have the same routes in the same order, so the matcher,
// which costs more than all else about a new server, is built once; each app keeps its own handlers.
import type { Router } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'

type Route = readonly [method: string, path: string]

/** The routes of the process, each known by its place. Module state: they are the same for every app. */
const routes: Route[] = []
const places = newRouter()

/** Throws when an app has other routes than the first one. */
export function createSharedRouter<Handler>(): Router<Handler> {
  const handlers: Handler[] = []
  return {
    name: 'SharedRouter',
    add: (method, path, handler) => {
      const place = handlers.length
      const known = routes[place]
      if (known === undefined) {
        routes.push([method, path])
        places.add(method, path, place)
      } else if (known[0] !== method || known[1] !== path) {
        throw new Error(`Route ${place} is ${known.join(' ')}, not ${method} ${path}.`)
      }
      handlers.push(handler)
    },
    match: (method, path) => {
      const own = (place: number): Handler => {
        const handler = handlers[place]
        if (handler === undefined) throw new Error(`Route ${place} has no handler.`)
        return handler
      }
      const result = places.match(method, path)
      if (result.length === 1) return [result[0].map(([place, params]) => [own(place), params])]
      return [result[0].map(([place, params]) => [own(place), params]), result[1]]
    },
  }
}

function newRouter(): Router<number> {
  return new SmartRouter({ routers: [new RegExpRouter(), new TrieRouter()] })
}
