import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { findingsInHtml } from '../../../testing/browser/html-validity.ts'
import {
  allPages,
  furnish,
  show,
  type FurnishedAttio,
  type PageSample,
} from './for-tests/all-pages.ts'
import { hostileNames } from './for-tests/hostile-texts.ts'
import type { Shown } from './for-tests/visitor.ts'

suite('every page', () => {
  let furnished: FurnishedAttio
  let pages: readonly (readonly [PageSample, Shown])[]
  before(async () => {
    furnished = await furnish()
    pages = await shown(furnished)
  })

  test('every page is valid HTML and has the expected status', async () => {
    for (const [{ name, status }, page] of pages) {
      assert.deepEqual(await findingsInHtml(page.html), [], name)
      assert.equal(page.status, status, name)
    }
  })

  test('every page says that it is not attio.com', () => {
    for (const [{ name }, page] of pages)
      assert.match(page.text, /^.*Local Attio: not attio\.com/, name)
  })

  test('a page has one main heading, and a problem is shown at its field', () => {
    for (const [{ name }, page] of pages) {
      assert.equal(page.html.match(/<h1/g)?.length, 1, name)
      for (const id of page.html.match(/(?<=aria-describedby=")[^"]+/g) ?? []) {
        for (const one of id.split(' '))
          assert.ok(page.html.includes(`id="${one}"`), `${name}: ${one}`)
      }
    }
  })

  test('AS-11 a page cannot be framed or cached and runs only its own script', () => {
    for (const [{ name }, { headers, html }] of pages) {
      const policy = headers.get('content-security-policy') ?? ''
      assert.match(policy, /default-src 'none'/, name)
      assert.match(policy, /frame-ancestors 'none'/, name)
      assert.doesNotMatch(policy, /unsafe|\*|https?:\/\/(?!localhost:3050)/, name)
      assert.equal(headers.get('x-frame-options'), 'DENY', name)
      assert.equal(headers.get('x-content-type-options'), 'nosniff', name)
      assert.equal(headers.get('cache-control'), 'no-store', name)
      const tags = tagsIn(html)
      assert.deepEqual(
        tags.filter((tag) =>
          /^<style|\sstyle=|\son\w+=|href="\s*javascript:/i.test(withoutTexts(tag)),
        ),
        [],
        name,
      )
      for (const tag of tags.filter((one) => one.startsWith('<script'))) {
        assert.equal(tag, '<script type="module" src="/assets/local-attio.js">', name)
      }
    }
  })

  test('H-21 forms that change data use POST and target only this server', () => {
    for (const [{ name }, page] of pages) {
      for (const { method, action, buttons } of page.forms) {
        assert.match(action, /^\/(?!\/)/, name)
        if (method !== 'post')
          assert.deepEqual(
            buttons.map(({ label }) => label),
            ['Show'],
            name,
          )
      }
    }
  })

  test('every form is refused and changes nothing when another site sends it', async () => {
    const { attio } = furnished
    const saved = JSON.stringify(attio.control.save())
    const faults = attio.control.faults.list().length
    const seen = new Set<string>()
    for (const [{ person }, page] of pages) {
      const { visitor } = await show(attio, {
        name: '',
        status: 0,
        path: '/',
        ...(person && { person }),
      })
      for (const { method, action } of page.forms) {
        const path = action.split('?', 1)[0] ?? ''
        if (method !== 'post' || seen.has(`${person?.id} ${path}`)) continue
        seen.add(`${person?.id} ${path}`)
        for (const site of ['cross-site', 'same-site']) {
          assert.equal((await visitor.post(action, {}, site)).status, 403, action)
        }
      }
    }
    assert.ok(seen.size > 20)
    assert.equal(withoutSessions(attio.control.save()), withoutSessions(JSON.parse(saved)))
    assert.equal(attio.control.faults.list().length, faults)
  })
})

test('H-52 H-53 text that people typed is escaped on every page', async () => {
  const harmless = await skeletonsOf('harmless')
  for (const hostile of hostileNames) {
    const skeletons = await skeletonsOf(hostile)
    for (const [name, skeleton] of harmless)
      assert.equal(skeletons.get(name), skeleton, `${name}: ${hostile}`)
  }
})

async function shown(furnished: FurnishedAttio): Promise<(readonly [PageSample, Shown])[]> {
  const pages: (readonly [PageSample, Shown])[] = []
  for (const sample of allPages(furnished)) {
    pages.push([sample, (await show(furnished.attio, sample)).page])
  }
  return pages
}

/** Returns the parts that hostile text could change: each page's tags and their attributes' names. */
async function skeletonsOf(text: string): Promise<ReadonlyMap<string, string>> {
  const pages = await shown(await furnish(text))
  return new Map(
    pages.map(([{ name }, { html }]) => {
      const tags = tagsIn(html).map((tag) =>
        tag.replaceAll(/"[^"]*"/g, '""').replaceAll(/\s+/g, ' '),
      )
      return [name, tags.join('')] as const
    }),
  )
}

/** A quoted value may hold any text; an unquoted value is not allowed. */
function tagsIn(html: string): string[] {
  const tags = html.match(/<[a-z!/][^">]*(?:"[^"]*"[^">]*)*>/gi) ?? []
  for (const tag of tags) assert.doesNotMatch(tag.replaceAll(/"[^"]*"/g, '""'), /=(?!"")/, tag)
  return tags
}

/** Removes the attribute values that browsers never follow. */
function withoutTexts(tag: string): string {
  return tag.replaceAll(/\s(?!href|action|src)[\w-]+="[^"]*"/g, (one) => one.replace(/".*"/s, '""'))
}

function withoutSessions(world: unknown): string {
  return JSON.stringify(world, (key, value: unknown) => (key === 'sessions' ? [] : value))
}
