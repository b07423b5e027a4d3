// The bare page of the bench: `node:http`, one query of `node:sqlite` by the cookie, and the same bytes as Taskr's page.
// The order `write` times one transaction with one update, with the settings that make a write durable.
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { beChild } from './child.ts'
import { listen } from './listen.ts'

let database: DatabaseSync | undefined

beChild({
  start: async ({ file = '', cookie = '', page = '' }) => {
    database = new DatabaseSync(file)
    database.exec('pragma journal_mode = wal; pragma synchronous = full')
    database.exec('create table counts (number integer not null); insert into counts values (0)')
    database.exec('create table pages (cookie text primary key, page text not null)')
    database.prepare('insert into pages values (?, ?)').run(cookie, page)
    const find = database.prepare('select page from pages where cookie = ?')
    const server = createServer((request, response) => {
      const body = String(find.get(request.headers.cookie ?? '')?.['page'] ?? '')
      response
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
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
