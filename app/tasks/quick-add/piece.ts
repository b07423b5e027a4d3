// The parts of a line that quick add recognizes.

/** A part of a line, as UTF-16 indices: `from` inclusive, `to` exclusive. */
export interface Range {
  readonly from: number
  readonly to: number
}

export function overlaps(one: Range, other: Range): boolean {
  return one.from < other.to && other.from < one.to
}

/** Returns the parts inside quotation marks, which quick add leaves alone. */
export function quotedRanges(text: string): readonly Range[] {
  const quoted =
    /"[^"]{0,200}"|“[^”]{0,200}”|„[^“”]{0,200}[“”]|«[^»]{0,200}»|(?<![\p{L}\p{N}])'[^']{0,200}'(?![\p{L}\p{N}])/gu
  return [...text.matchAll(quoted)].map(({ index, 0: { length } }) => ({
    from: index,
    to: index + length,
  }))
}
