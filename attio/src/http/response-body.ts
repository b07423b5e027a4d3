// Reads a body as text up to a limit, so that an endless answer needs bounded memory.
import { letOthersRun } from './turns.ts'

export const bodyTooLarge: unique symbol = Symbol('body too large')

export async function readBody(
  response: Response,
  maxBytes: number,
): Promise<string | typeof bodyTooLarge> {
  if (Number(response.headers.get('content-length')) > maxBytes) {
    discardBody(response)
    return bodyTooLarge
  }
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const text = createDecoder()
  let chunks = 0
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text.end()
    size += value.byteLength
    if (size > maxBytes) {
      void reader.cancel().catch(() => {})
      return bodyTooLarge
    }
    text.add(value)
    chunks += 1
    if (chunks % chunksInOneTurn === 0) await letOthersRun()
  }
}

/** A server may send each byte as a chunk of its own. */
const chunksInOneTurn = 1_000
const bytesTogether = 64 * 1024

/** Decodes UTF-8. Small chunks are decoded together, because each becomes a part of the text that needs memory of its own. */
function createDecoder() {
  const decoder = new TextDecoder()
  const waiting = new Uint8Array(bytesTogether)
  let used = 0
  let text = ''
  const decode = (bytes: Uint8Array) => {
    text += decoder.decode(bytes, { stream: true })
  }
  const decodeWaiting = () => {
    decode(waiting.subarray(0, used))
    used = 0
  }
  return {
    add(chunk: Uint8Array) {
      if (used + chunk.byteLength > bytesTogether) decodeWaiting()
      if (chunk.byteLength > bytesTogether) return decode(chunk)
      waiting.set(chunk, used)
      used += chunk.byteLength
    },
    end(): string {
      decodeWaiting()
      return text + decoder.decode()
    },
  }
}

/** Releases the connection without reading the body. */
export function discardBody(response: Response): void {
  void response.body?.cancel().catch(() => {})
}
