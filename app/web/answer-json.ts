// Answers a script's request in JSON, with the charset named as on every other response.
import type { WebContext } from './web-parts.ts'

export function answerJson(context: WebContext, value: unknown): Response {
  return context.body(JSON.stringify(value), 200, {
    'content-type': 'application/json; charset=utf-8',
  })
}
