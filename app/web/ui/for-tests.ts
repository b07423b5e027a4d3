// For tests: the text that a person reads on a page, without tags, and a frame for pages.
import assert from 'node:assert/strict'
import type { AppFrame } from './frame.ts'
import { inApp, now, type Setting } from '../gallery/sample.ts'
import type { Html } from './html.ts'

export { day, hour, minute, now } from '../gallery/sample.ts'

export const setting: Setting = {
  assets: {
    stylesheet: '/assets/app.css',
    pagesStylesheet: '/assets/pages.css',
    script: '/assets/app.js',
    pagesScript: '/assets/pages.js',
    passkeyScript: '/assets/passkeys.js',
    icon: '/assets/icon.svg',
  },
  say: (text) => text,
}

export const frame: AppFrame = { ...inApp(setting), now }

/** Returns the text of the page's main part. */
export async function wordsOf(page: Html): Promise<string> {
  const text = String(page)
  const main = /<main[^>]*>(?<main>.*)<\/main>/s.exec(text)?.groups?.['main'] ?? text
  return main
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Returns the page as sent, with each run of whitespace collapsed. */
export async function sourceOf(page: Html): Promise<string> {
  return String(page).replaceAll(/\s+/g, ' ')
}

/**
 * Returns the tags of a page as a browser would parse them. A quoted value may contain anything; an unquoted value is not
 * allowed.
 */
export function tagsIn(page: string): readonly string[] {
  const tags = page.match(anyTag) ?? []
  for (const tag of tags) withoutValues(tag)
  return tags
}

/** Reads up to the next quote at once, which is faster than one character after the other. */
const anyTag = /<[a-z!/][^">]*(?:"[^"]*"[^">]*)*>/gi

/** Returns the tags with their attribute names, without any values. */
export function skeletonOf(page: Html): string {
  const tags = String(page).match(anyTag) ?? []
  return tags.map(withoutValues).join('').replaceAll(/\s+/g, ' ')
}

/** Fails for a value without quotes. */
function withoutValues(tag: string): string {
  const without = tag.replaceAll(/"[^"]*"/g, '""')
  if (/=(?!"")/.test(without)) assert.fail(`A value without quotes: ${tag}`)
  return without
}
