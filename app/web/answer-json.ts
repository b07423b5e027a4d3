// Answers a script's question in JSON, with the character set named as on every other answer.
import type { WebContext } from './web-parts.ts'

export function answerJson(context: WebContext, value: unknown): Response {
  return context.body(JSON.stringify(value), 200, {
    'content-type': 'application/json; charset=utf-8',
  })
}
