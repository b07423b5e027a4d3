// Renders an exchange as a curl command that repeats the request. The journal masks secrets, so the
// command has placeholders for yours.
import type { JournalEntry } from './journal.ts'

/** Headers that curl sends by itself, or that only a browser sends. */
const leftOut =
  /^(?:host|connection|content-length|accept-encoding|user-agent|keep-alive|te|transfer-encoding|sec-.*|upgrade-insecure-requests|dnt|priority)$/

export function curlOf(entry: JournalEntry, origin: string): string {
  const parts = ['curl']
  if (entry.method !== 'GET') parts.push('-X', entry.method)
  parts.push(quoted(`${origin}${entry.path}${entry.query}`))
  for (const [name, value] of Object.entries(entry.headers)) {
    if (!leftOut.test(name)) parts.push('-H', quoted(`${name}: ${value}`))
  }
  if (entry.body !== '') parts.push('--data-raw', quoted(entry.body))
  return parts.join(' ')
}

/** Quotes a text as one word for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
