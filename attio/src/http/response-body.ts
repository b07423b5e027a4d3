// Reads a body as text up to a limit, so that an endless answer needs bounded memory.

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
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > maxBytes) {
      void reader.cancel().catch(() => {})
      return bodyTooLarge
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** Releases the connection without reading the body. */
export function discardBody(response: Response): void {
  void response.body?.cancel().catch(() => {})
}
