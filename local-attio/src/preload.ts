// Leads every call for Attio's own addresses to a local Attio, for clients whose address is fixed:
//
//   LOCAL_ATTIO_URL=http://localhost:3060 node --import @taskr/local-attio/preload app.js
//
// It covers `fetch` and node:https, so axios, got and node-fetch, too. Load it in development and in tests only.
import http from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'

const target = new URL(process.env['LOCAL_ATTIO_URL'] ?? 'http://localhost:3060')
const attioHosts = new Set(['api.attio.com', 'app.attio.com', 'build.attio.com'])

const originalFetch = globalThis.fetch
globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  if (!attioHosts.has(url.hostname)) return originalFetch(input, init)
  const local = localUrl(url)
  return originalFetch(input instanceof Request ? new Request(local, input) : local, init)
}

const originalRequest = https.request
const request = (...args: readonly unknown[]): unknown => {
  const { url, options, rest } = readArguments(args)
  const hostname = url?.hostname ?? options['hostname'] ?? options['host']
  if (typeof hostname !== 'string' || !attioHosts.has(hostname))
    return Reflect.apply(originalRequest, https, args)
  const local = url ? localUrl(url) : target
  return Reflect.apply(http.request, http, [
    {
      ...(url && { path: `${local.pathname}${local.search}` }),
      ...options,
      protocol: local.protocol,
      host: local.hostname,
      hostname: local.hostname,
      port: local.port,
      agent: undefined,
    },
    ...rest,
  ])
}

Object.assign(https, {
  request,
  get: (...args: readonly unknown[]): unknown => {
    const sent = request(...args)
    if (sent instanceof http.ClientRequest) sent.end()
    return sent
  },
})
syncBuiltinESMExports()

function localUrl(url: URL): URL {
  return new URL(`${url.pathname}${url.search}`, target)
}

type Arguments = {
  readonly url: URL | undefined
  readonly options: Readonly<Record<string, unknown>>
  readonly rest: readonly unknown[]
}

/** Reads `(url, options?, listener?)` and `(options, listener?)`. */
function readArguments([first, ...others]: readonly unknown[]): Arguments {
  const url = typeof first === 'string' || first instanceof URL ? new URL(String(first)) : undefined
  const candidate = url === undefined ? first : others[0]
  const isObject = typeof candidate === 'object' && candidate !== null
  const rest = others.slice(url !== undefined && isObject ? 1 : 0)
  return { url, options: isObject ? { ...candidate } : {}, rest }
}
