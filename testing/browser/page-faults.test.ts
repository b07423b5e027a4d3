// Proves that journeys can fail: each forbidden page fault is caused here and must be reported.
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from './chromium.ts'
import { tabTo } from './keyboard.ts'
import { look } from './check-page.ts'
import { createStage } from './browser-testbed.ts'

suite('a page that does what no page may do', () => {
  let chromium: Browser
  before(async () => {
    chromium = await launchChromium()
  })
  after(() => chromium.close())

  for (const [what, script, noticed] of [
    ['says an error', `console.error('that went wrong')`, /that went wrong/],
    ['throws', `setTimeout(() => { throw new Error('nobody caught me') })`, /nobody caught me/],
    ['styles itself', `document.body.setAttribute('style', 'color: red')`, /style-src/],
    [
      'talks elsewhere',
      `fetch('https://elsewhere.example/').catch(() => {})`,
      /elsewhere\.example/,
    ],
    ['makes HTML of text', `try { document.body.innerHTML = '<b>' } catch {}`, /TrustedHTML/],
    ['asks for a missing file', `fetch('/assets/nothing.js')`, /404 for .*nothing\.js/],
    ['opens a dialog', `alert('hello')`, /dialog: hello/],
  ] as const) {
    test(`a page that ${what} fails its journey`, async () => {
      const stage = await createStage(chromium, { javaScript: true })
      const page = await stage.page()
      await page.goto('/')
      await page.evaluate(script)
      // The browser's report comes after the event.
      await page.goto('/login')
      await assert.rejects(stage.close(), noticed)
    })
  }

  for (const [what, script, noticed] of [
    ['has an image that says nothing', `main.append(document.createElement('img'))`, /image-alt/],
    [
      'is wider than a phone',
      `document.styleSheets[0].insertRule('main { min-width: 900px }')`,
      /scrolls sideways at 320 px/,
    ],
  ] as const) {
    test(`a page that ${what} fails the check of pages`, () =>
      onHomePage(async (page) => {
        await look(page)
        await page.evaluate(`{ const main = document.querySelector('main'); ${script} }`)
        await assert.rejects(look(page), noticed)
      }))
  }

  test('a page that hides the focus fails the keyboard journey', () =>
    onHomePage(async (page) => {
      await tabTo(page, page.getByRole('link', { name: 'Sign up' }))
      await page.evaluate(`document.styleSheets[0].insertRule('a { outline: none !important }')`)
      const logIn = page.getByRole('link', { name: 'Log in' })
      await assert.rejects(tabTo(page, logIn), /focus cannot be seen/)
    }))

  async function onHomePage(visit: (page: Page) => Promise<void>): Promise<void> {
    const stage = await createStage(chromium, { javaScript: true })
    const page = await stage.page()
    await page.goto('/')
    await visit(page)
    await stage.close()
  }
})
