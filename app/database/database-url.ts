// Reads DATABASE_URL: file:./data/taskr.db or postgres://user:password@host:5432/taskr, which may name several hosts.

import { fileURLToPath } from 'node:url'
import { DatabaseError } from './database-error.ts'
import { addressPerHost } from '../support/address-per-host.ts'

export type DatabaseAddress =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string; readonly place: string }

export function readDatabaseUrl(url: string): DatabaseAddress {
  if (/^file:/i.test(url)) return { engine: 'sqlite', path: readPath(url) }
  if (/^postgres(ql)?:\/\//i.test(url)) return readPostgresUrl(url)
  throw badUrl('it must begin with file: or postgres://')
}

function readPath(url: string): string {
  const path = /^file:\/\//i.test(url) ? pathOfFileUrl(url) : url.slice('file:'.length)
  if (path === '' || path.endsWith('/')) throw badUrl('it names no file')
  if (path.includes('\0') || path.includes('?')) throw badUrl('the path holds a ? or a NUL')
  // Accounts and connections must outlive the process (H-04).
  if (path.startsWith(':')) throw badUrl('a database in memory forgets everything at a restart')
  return path
}

function pathOfFileUrl(url: string): string {
  try {
    return fileURLToPath(url)
  } catch (cause) {
    throw badUrl('after file:// an absolute path must follow', { cause })
  }
}

function readPostgresUrl(url: string): DatabaseAddress {
  const addresses = addressPerHost(url)
  if (!addresses.every((address) => URL.canParse(address))) throw badUrl('it is not a URL')
  const parsed = addresses.map((address) => new URL(address))
  if (parsed.length > 1 && parsed.some(({ hostname }) => hostname === '')) {
    throw badUrl('one of its hosts is empty')
  }
  const { pathname, searchParams } = new URL(addresses[0] ?? url)
  if (pathname === '' || pathname === '/') throw badUrl('it names no database')
  if (searchParams.get('sslmode') === 'no-verify') {
    throw badUrl('sslmode=no-verify would trust any server; use verify-full')
  }
  const hosts = parsed.map(
    ({ hostname, port }) => `${hostname || 'local socket'}:${port || '5432'}`,
  )
  const place = hosts.join(',') + pathname
  return { engine: 'postgres', url, place }
}

function badUrl(reason: string, options?: ErrorOptions): DatabaseError {
  return new DatabaseError('bad-url', `DATABASE_URL cannot be used: ${reason}.`, options)
}
