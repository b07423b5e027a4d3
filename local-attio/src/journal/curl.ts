// An exchange as a command line that asks the same again. Secrets are masked in the journal, so they
// are in the command, too: put yours in.
import type { JournalEntry } from './journal.ts'

/** What curl sends by itself, or what only a browser says. */
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

/** One word for a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
