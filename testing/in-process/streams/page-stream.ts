// The event stream of an open page, as a browser reads it.
import assert from 'node:assert/strict'
import type { Answer, Browser } from '../http-browser.ts'
import { taskrOrigin, type World } from '../testbed.ts'

export interface PageStream {
  /** True when the text arrives before the stream ends. */
  readonly next: (what: 'changed' | 'beat') => Promise<boolean>
  readonly lastId: string
  readonly close: () => Promise<void>
}

/** Returns the address of the page's stream. */
export function streamOf({ body }: Answer): string {
  return (/data-live="([^"]+)"/.exec(body)?.[1] ?? '').replaceAll('&amp;', '&')
}

export async function listen(
  { taskr }: Pick<World, 'taskr'>,
  browser: Browser,
  lastId?: string,
  address = '/tasks/live',
): Promise<PageStream> {
  const headers = new Headers({
    cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    'sec-fetch-site': 'same-origin',
    ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
  })
  const response = await taskr.fetch(new Request(taskrOrigin + address, { headers }))
  assert.equal(response.headers.get('content-type'), 'text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  assert.ok(reader !== undefined)
  let text = ''
  const stream = {
    lastId: '',
    next: async (what: 'changed' | 'beat'): Promise<boolean> => {
      const word = what === 'changed' ? 'event: changed' : ': beat'
      while (!text.includes(word)) {
        const { done, value = '' } = await reader.read()
        if (done) return false
        text += value
      }
      stream.lastId = /id: (.*)\n/.exec(text)?.[1] ?? ''
      text = text.slice(text.indexOf(word) + word.length)
      return true
    },
    close: () => reader.cancel(),
  }
  return stream
}
