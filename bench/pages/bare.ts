// The bare page of the bench: `node:http`, one query of `node:sqlite` by the cookie, and the same bytes as Taskr's page.
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { beChild } from './child.ts'
import { listen } from './listen.ts'

beChild({
  start: async ({ file = '', cookie = '', page = '' }) => {
    const database = new DatabaseSync(file)
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
})
