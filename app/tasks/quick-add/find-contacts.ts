// Finds e-mail addresses and domains, by which Attio finds people and companies. They stay in the text.
import { overlaps, type Range } from './piece.ts'

export interface FoundContact extends Range {
  readonly kind: 'email' | 'domain'
  /** The address or domain, in lower case. */
  readonly value: string
}

const email =
  /(?<![\p{L}\p{N}._%+-])[\w.%+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.\p{L}{2,24}(?![\p{L}\p{N}@-])/gu
const domain =
  /(?<![\p{L}\p{N}@._/-])(?:https?:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.){1,4}\p{L}{2,24})(?![\p{L}\p{N}@_-]|\.\p{L})/gu
/** Endings that look like a domain's but belong to a file or product: report.pdf, Node.js. */
const fileEndings =
  /\.(?:pdf|docx?|xlsx?|pptx?|txt|csv|md|js|ts|tsx|jsx|css|html?|json|ya?ml|xml|png|jpe?g|gif|svg|zip|gz|mp[34]|mov|py|rb|go|rs|java|sh|sql|net)$/i
const mostContacts = 5
const longestSearchedText = 2_000

export function findContacts(text: string, taken: readonly Range[]): readonly FoundContact[] {
  const searched = text.slice(0, longestSearchedText)
  const emails = [...searched.matchAll(email)].map((match) => contact('email', match, match[0]))
  const domains = [...searched.matchAll(domain)]
    .map((match) => contact('domain', match, match[1] ?? ''))
    .filter(({ value }) => !fileEndings.test(value) && !/^\d+\./.test(value))
    .filter((found) => !emails.some((other) => overlaps(other, found)))
  return [...emails, ...domains]
    .filter((found) => !taken.some((range) => overlaps(range, found)))
    .slice(0, mostContacts)
}

function contact(
  kind: FoundContact['kind'],
  { index, 0: { length } }: RegExpExecArray,
  value: string,
): FoundContact {
  return { kind, from: index, to: index + length, value: value.toLowerCase().replace(/^www\./, '') }
}
