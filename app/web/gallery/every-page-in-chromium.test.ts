import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { bringAxe, findingsByAxe, rulesOfSize } from '../../../testing/browser/axe.ts'
import { launchChromium } from '../../../testing/browser/chromium.ts'
import { testAssets as assets } from '../../../testing/test-assets.ts'
import { skeletonOf } from '../ui/for-tests.ts'
import { hostileTexts } from './hostile-texts.ts'
import { samples } from './samples.ts'
import { gallerySamples, serveGallery, type Gallery } from './serve-gallery.ts'

const pages = gallerySamples(assets)
const names = pages.map(({ name }) => name)
const different = namesOfDifferentPages()
/** The checks of all pages take minutes on a busy machine, longer than one test may. */
const sharesOfPages = 3

const wide = { viewport: { width: 1280, height: 860 } }
const narrow = { viewport: { width: 320, height: 740 }, isMobile: true, hasTouch: true }
suite('every page in Chromium', { concurrency: 2 }, () => {
  let browser: Browser
  let gallery: Gallery
  before(async () => {
    browser = await launchChromium()
    gallery = await serveGallery(assets)
  })
  after(async () => {
    await browser.close()
    await gallery.stop()
  })

  for (const [number, share] of shares(different, sharesOfPages).entries()) {
    const part = `part ${number + 1} of ${sharesOfPages}`
    test(`axe finds nothing on any wide page, light or dark, and no text is cut off, ${part}`, async () => {
      const { page, complaints } = await openPage(wide)
      await bringAxe(page.context())
      const findings: string[] = []
      const checked = { light: new Set<string>(), dark: new Set<string>() }
      for (const name of share) {
        await page.emulateMedia({ colorScheme: 'light' })
        await page.goto(`${gallery.url}/pages/${name}`)
        const light = await findingsByAxe(page, undefined, checked.light)
        await page.emulateMedia({ colorScheme: 'dark' })
        const dark = await findingsByAxe(page, ['color-contrast'], checked.dark)
        findings.push(
          ...(await cutOff(page, name)),
          ...light.map((finding) => `${name}, light: ${finding}`),
          ...dark.map((finding) => `${name}, dark: ${finding}`),
        )
      }
      assert.deepEqual(findings, [])
      assert.deepEqual(complaints, [])
      await page.context().close()
    })
  }

  test('on a narrow page axe finds nothing, no text is cut off, and no page scrolls sideways at 320 px', async () => {
    const { page, complaints } = await openPage(narrow)
    await bringAxe(page.context())
    const findings: string[] = []
    const checked = new Set<string>()
    for (const name of names) {
      await page.goto(`${gallery.url}/pages/${name}`)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      if (width > narrow.viewport.width) findings.push(`${name}: ${width} px`)
      // A narrow page has the same words, names and colours as the wide one.
      if (different.includes(name)) {
        const found = await findingsByAxe(page, rulesOfSize, checked)
        findings.push(
          ...found.map((finding) => `${name}: ${finding}`),
          ...(await cutOff(page, name)),
        )
      }
    }
    assert.deepEqual(findings, [])
    assert.deepEqual(complaints, [])
    await page.context().close()
  })

  test('H-52 H-53 hostile texts run nothing in a real browser', async () => {
    const hostile = hostileTexts.join(' ')
    const attacked = samples({ assets: assets.addresses, say: () => hostile })
    const { page, complaints } = await openPage(wide)
    await page.route('**/attacked/*', async (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1)
      const sample = attacked.find((candidate) => candidate.name === name)
      // Escaping alone must suffice, so there is no content security policy.
      await route.fulfill({ contentType: 'text/html', body: String(sample?.page) })
    })
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    // every-page.test.ts reads the hostile texts of every page; here each kind of page is enough.
    for (const name of different) await page.goto(`${gallery.url}/attacked/${name}`)
    assert.deepEqual(complaints, [])
    await page.context().close()
  })

  /** A page and its problems: errors, policy reports, requests to other hosts. */
  async function openPage(
    options: BrowserContextOptions,
  ): Promise<{ page: Page; complaints: string[] }> {
    const page = await (await browser.newContext(options)).newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(gallery.url)) complaints.push(request.url())
    })
    return { page, complaints }
  }
})

/** Leaves out pages that differ from an earlier one only in their words: axe finds the same on them. */
function namesOfDifferentPages(): readonly string[] {
  const bySkeleton = new Map<string, string>()
  for (const { name, page } of pages) {
    const skeleton = skeletonOf(page)
    if (!bySkeleton.has(skeleton)) bySkeleton.set(skeleton, name)
  }
  return [...bySkeleton.values()]
}

function shares<Item>(items: readonly Item[], count: number): readonly (readonly Item[])[] {
  const size = Math.ceil(items.length / count)
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size))
}

async function cutOff(page: Page, name: string): Promise<readonly string[]> {
  return (await page.evaluate(textsCutOff)).map((text) => `${name}: cut off: ${text}`)
}

/**
 * Runs in the page. Returns the texts that reach beyond an element that hides what overflows. An ellipsis, a limit on lines
 * and a way to scroll are signs that there is more.
 */
function textsCutOff(): readonly string[] {
  const cut = new Set<string>()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    if (text.textContent?.trim() === '') continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const { bottom, height, left, right, top, width } = range.getBoundingClientRect()
    if (width === 0 || height === 0) continue
    for (let box = text.parentElement; box !== null; box = box.parentElement) {
      if (box === document.body) break
      const style = getComputedStyle(box)
      const isHiding = style.overflowX === 'hidden' || style.overflowX === 'clip'
      if (style.clipPath !== 'none') break
      if (!isHiding) continue
      if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') break
      const edge = box.getBoundingClientRect()
      const isCut =
        left < edge.left - 1 ||
        right > edge.right + 1 ||
        top < edge.top - 4 ||
        bottom > edge.bottom + 4
      if (isCut) cut.add(`${box.className}: ${text.textContent?.trim().slice(0, 60)}`)
      break
    }
  }
  return [...cut]
}
