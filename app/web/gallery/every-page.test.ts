import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findingsInHtml } from '../../../testing/browser/html-validity.ts'
import { skeletonOf, tagsIn } from '../ui/for-tests.ts'
import { samples } from './samples.ts'
import type { Sample } from './sample.ts'
import { hostileTexts } from './hostile-texts.ts'

const assets = {
  stylesheet: '/assets/app.css',
  pagesStylesheet: '/assets/pages.css',
  script: '/assets/app.js',
  pagesScript: '/assets/pages.js',
  passkeyScript: '/assets/passkeys.js',
  icon: '/assets/icon.svg',
}

suite('every page', () => {
  const pages = pagesSaying((text) => text)

  for (const { name, page } of pages) {
    test(`${name} is valid HTML`, async () => {
      assert.deepEqual(await findingsInHtml(String(page)), [])
    })
  }

  test('every page says in a sentence what Taskr is', async () => {
    for (const { name, page } of pages) {
      const tags = tagsIn(String(page))
      const [description = ''] = tags.filter((tag) => tag.startsWith('<meta name="description"'))
      assert.match(description, / content="[^"]{20,160}"/, name)
    }
  })

  test('H-23 no page contains an inline script, style or event handler', async () => {
    for (const { name, page } of pages) {
      const tags = tagsIn(String(page))
      const scripts = tags.filter((tag) => tag.startsWith('<script'))
      const [first, ...others] = scripts
      assert.equal(first, `<script type="module" src="${assets.script}">`, name)
      const another = `<script type="module" src="${assets.pagesScript}">`
      assert.deepEqual(others, others.length === 0 ? [] : [another], name)
      const broken = tags.filter((tag) => /^<style|\sstyle=|\son\w+=|javascript:/i.test(tag))
      assert.deepEqual(broken, [], name)
    }
  })

  test('V-3.6.1 no page loads anything from elsewhere, and links elsewhere lead to Attio only', async () => {
    for (const { name, page } of pages) {
      for (const tag of tagsIn(String(page))) {
        const address = /\s(?:src|href|action)="(?<address>[^"]*)"/.exec(tag)?.groups?.['address']
        if (address === undefined || /^\/(?!\/)|^#/.test(address)) continue
        assert.match(tag, /^<a /, `${name}: ${tag}`)
        // The landing page names the operator's contact.
        assert.match(
          address,
          /^https:\/\/app\.attio\.com\/|^mailto:security@taskr\.example$/,
          `${name}: ${tag}`,
        )
        assert.match(tag, /rel="noopener noreferrer"/, `${name}: ${tag}`)
      }
    }
  })

  test('every page has the place for toasts, by which the script knows Taskr’s own pages', async () => {
    for (const { name, page } of pages) assert.match(String(page), / id="toasts"/, name)
  })

  test('every icon referenced from the page’s sheet is on it', async () => {
    for (const { name, page } of pages) {
      const text = String(page)
      const used = text.matchAll(/<use href="#([^"]*)"/g).map(([, id]) => id)
      for (const id of new Set(used)) assert.equal(text.split(` id="${id}"`).length, 2, name)
    }
  })

  test('H-21 every page of a signed-in person has a log-out form, and it posts', async () => {
    for (const { name, page } of pages) {
      const text = String(page)
      if (!text.includes('Signed in as')) continue
      assert.match(text, /<form[^>]*method="post"[^>]*action="\/logout"/, name)
      assert.doesNotMatch(text, /href="\/logout"/, name)
    }
  })

  test('every form goes to a Taskr address, and posts unless it only searches', async () => {
    for (const { name, page } of pages) {
      for (const tag of tagsIn(String(page)).filter((tag) => tag.startsWith('<form'))) {
        const method = tag.includes('role="search"') ? 'get' : 'post'
        assert.match(tag, new RegExp(`\\smethod="${method}"`), `${name}: ${tag}`)
        assert.match(tag, /\saction="\/(?!\/)/, `${name}: ${tag}`)
      }
    }
  })
})

suite('hostile texts', () => {
  test('H-52 H-53 a text of the attack corpus stays text on every page', () => {
    const harmless = pagesSaying(() => 'harmless').map(({ name, page }) => ({
      name,
      html: String(page),
      skeleton: skeletonOf(page),
    }))
    let attacked = 0
    for (const hostile of hostileTexts) {
      for (const [at, { name, page }] of pagesSaying(() => hostile).entries()) {
        const known = harmless[at]
        assert.equal(known?.name, name)
        // A page that shows no text of people is the same.
        if (String(page) === known.html) continue
        assert.equal(skeletonOf(page), known.skeleton, `${name}: ${hostile}`)
        attacked += 1
      }
    }
    assert.ok(attacked > 100 * hostileTexts.length, `${attacked} pages`)
  })

  test('1.2.2 a linked record is a link only when its address is https, or http on localhost', async () => {
    const strange = pagesSaying((text) => text).find(({ name }) => name === 'tasks-strange')
    const text = String(strange?.page)
    assert.match(text, /A link that is none/)
    assert.doesNotMatch(text, /javascript:/)
  })
})

function pagesSaying(say: (text: string) => string): readonly Sample[] {
  return samples({ assets, say })
}
