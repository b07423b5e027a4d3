// An app as a first tutorial would build it: a session in memory, and a request to Attio for ten tasks on every view.
import { createServer } from 'node:http'
import { z } from 'zod'
import { beChild } from './child.ts'
import { listen } from './listen.ts'

const answerSchema = z.object({ data: z.array(z.object({ content_plaintext: z.string() })) })

beChild({
  start: async ({ attio = '', accessToken = '', cookie = '' }) => {
    const tokens = new Map([[cookie, accessToken]])
    const view = async (token: string): Promise<string> => {
      const answer = await fetch(`${attio}/v2/tasks?limit=10`, {
        headers: { authorization: `Bearer ${token}` },
      })
      const { data } = answerSchema.parse(await answer.json())
      const items = data.map(({ content_plaintext: text }) => `<li>${escaped(text)}</li>`)
      return `<!doctype html><title>Tasks</title><ul>${items.join('')}</ul>`
    }
    const server = createServer((request, response) => {
      const token = tokens.get(request.headers.cookie ?? '')
      if (token === undefined) return void response.writeHead(401).end()
      void view(token).then((body) =>
        response
          .writeHead(200, {
            'content-type': 'text/html; charset=utf-8',
            'content-length': Buffer.byteLength(body),
          })
          .end(body),
      )
    })
    return { url: await listen(server) }
  },
})

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
