// A fetch whose answers are read up to a size, for servers that are not Attio.

export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge'
}

export function limitAnswers(
  request: typeof globalThis.fetch,
  mostBytes: number,
): typeof globalThis.fetch {
  return async (input, init) => {
    const answer = await request(input, init)
    if (answer.body === null) return answer
    let bytes = 0
    const limited = answer.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          bytes += chunk.byteLength
          if (bytes > mostBytes) controller.error(new AnswerTooLarge('An answer is too large.'))
          else controller.enqueue(chunk)
        },
      }),
    )
    const { headers, status, statusText } = answer
    return new Response(limited, { headers, status, statusText })
  }
}
