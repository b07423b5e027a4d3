// The first five minutes: from the landing page to the first completed task, with the keyboard alone.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { countWork } from '../../testing/browser/count-work.ts'
import { lookAtEverySize } from '../../testing/browser/every-size.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { said } from '../../testing/browser/task-steps.ts'
import { password } from '../../testing/in-process/testbed.ts'

const mostKeys = 14

journeys('the first minutes', (journey) => {
  journey('from the landing page to the first completed task', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await stage.page()
    const { keyboard } = page
    await page.goto('/')
    await lookAtEverySize(page)
    const work = countWork(page)
    await work.press('Enter')
    await page.getByRole('heading', { name: 'Sign up' }).waitFor()
    await keyboard.type('jo')
    await work.press('Tab')
    await keyboard.type(password)
    await work.press('Enter')
    await page.getByRole('heading', { name: 'Connect Attio' }).waitFor()
    await lookAtEverySize(page)
    await work.press('Enter')
    // Attio's own pages: who one is, which workspace, Allow.
    await page.getByRole('button', { name: /ada/i }).first().click()
    await page.getByRole('radio', { name: 'Acme Robotics' }).check()
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.locator('.task').first().waitFor()
    await page.getByText('completes the task you are on').waitFor()
    await seesEveryLinkAtTheSide(page)
    await work.press('j')
    await work.press('e')
    await said(page).getByText('Completed').waitFor()
    await page.getByText('sets its due date').waitFor()
    assert.ok(work.counts().keys + 3 <= mostKeys)
    work.print('From the landing page to the first completed task, without Attio’s pages')
  })

  journey('a refused password is said once, and keeps its text', async ({ stage, javaScript }) => {
    const page = await stage.page()
    await page.goto('/signup')
    await page.getByLabel('Username').fill('jo')
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByText('Use at least').waitFor()
    assert.equal(await page.getByText('Use at least').count(), 1)
    const field = page.getByLabel('Password', { exact: true })
    // Taskr never sends a password back, so without the script the field comes back empty.
    assert.equal(await field.inputValue(), javaScript ? 'short' : '')
    assert.equal(await page.getByLabel('Username').inputValue(), 'jo')
    await lookAtEverySize(page)
    await field.fill(password)
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByText('Signed in as jo').waitFor()
  })

  journey('the list of the landing page can be tried with keys', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await stage.page()
    await page.goto('/')
    const list = page.getByRole('group', { name: /^A list to try/ })
    await list.focus()
    for (const key of ['j', 'e']) await page.keyboard.press(key)
    const first = list.getByRole('listitem').first()
    await first.getByRole('img', { name: 'Completed' }).waitFor()
    await page.keyboard.press('z')
    await first.getByRole('img', { name: 'Open' }).waitFor()
  })
})

/** Checks that on a low screen no link at the side is out of sight or beneath another element. */
async function seesEveryLinkAtTheSide(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 800 }
  await page.setViewportSize({ width: size.width, height: 600 })
  const hidden = await page.locator('.side :is(a, button)').evaluateAll((places) =>
    places
      .filter((place) => place.checkVisibility())
      .filter((place) => {
        const { left, top, width, height } = place.getBoundingClientRect()
        const shown = document.elementFromPoint(left + width / 2, top + height / 2)
        return shown === null || !place.contains(shown)
      })
      .map((place) => place.textContent.trim()),
  )
  assert.deepEqual(hidden, [])
  await page.setViewportSize(size)
}
