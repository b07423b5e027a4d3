// The bare page of the bench: `node:http`, one query of `node:sqlite` by the cookie, and the same bytes as Taskr's page, as
// they are or compressed once with gzip when the request takes it.
// The order `write` times one transaction with one update, with the settings that make a write durable.
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { gzipSync } from 'node:zlib'
import { beChild } from './child.ts'
import { listen } from './listen.ts'

let database: DatabaseSync | undefined

beChild({
  start: async ({ file = '', cookie = '', page = '' }) => {
    database = new DatabaseSync(file)
    database.exec('pragma journal_mode = wal; pragma synchronous = full')
    database.exec('create table counts (number integer not null); insert into counts values (0)')
    database.exec(
      'create table pages (cookie text primary key, page text not null, packed blob not null)',
    )
    database.prepare('insert into pages values (?, ?, ?)').run(cookie, page, gzipSync(page))
    const find = database.prepare('select page from pages where cookie = ?')
    const findPacked = database.prepare('select packed from pages where cookie = ?')
    const server = createServer((request, response) => {
      const isPacked = request.headers['accept-encoding'] !== undefined
      const found = (isPacked ? findPacked : find).get(request.headers.cookie ?? '')
      const body = found?.['packed'] ?? String(found?.['page'] ?? '')
      if (typeof body !== 'string' && !(body instanceof Uint8Array)) throw new TypeError('No page.')
      response
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          ...(isPacked && { 'content-encoding': 'gzip' }),
          'content-length': Buffer.byteLength(body),
        })
        .end(body)
    })
    return { url: await listen(server) }
  },
  obey: async () => {
    const startedAt = performance.now()
    database?.exec('begin immediate; update counts set number = number + 1; commit')
    return String(performance.now() - startedAt)
  },
})
