// Writes a JSON object in chunks, so that its lists may have any length.

export type JsonMember =
  | readonly [string, unknown]
  | readonly [string, AsyncIterable<readonly unknown[]>]

export async function* jsonPieces(members: readonly JsonMember[]): AsyncGenerator<string, void> {
  let begin = '{\n  '
  for (const [name, value] of members) {
    yield `${begin}${JSON.stringify(name)}: `
    begin = ',\n  '
    if (isList(value)) yield* listPieces(value)
    else yield indented(value, 2)
  }
  yield '\n}\n'
}

async function* listPieces(list: AsyncIterable<readonly unknown[]>): AsyncGenerator<string, void> {
  let begin = '['
  for await (const values of list) {
    let piece = ''
    for (const value of values) {
      piece += `${begin}\n    ${indented(value, 4)}`
      begin = ','
    }
    yield piece
  }
  yield begin === '[' ? '[]' : '\n  ]'
}

function indented(value: unknown, spaces: number): string {
  const text = JSON.stringify(value, undefined, 2) ?? 'null'
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`)
}

function isList(value: unknown): value is AsyncIterable<readonly unknown[]> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
