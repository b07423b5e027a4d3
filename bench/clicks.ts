// `node bench/clicks.ts`: how long a page takes to show what a key or a click does, in Chromium, with Taskr 200 ms away and
// an Attio that answers after 300 ms. Prints the milliseconds from the input to the change of the document, and to the next
// frame. Exits with 1 when a change takes longer than a frame of 32 ms.
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { systemClock } from '../app/support/clock.ts'
import { createStage } from '../testing/browser/browser-testbed.ts'
import { launchChromium } from '../testing/browser/chromium.ts'
import { settled } from '../testing/browser/signed-in-page.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const rounds = Number(values.rounds)
const taskrIsAwayMs = 200
const attioAnswersAfterMs = 300
const longestMs = 32
const list = '/?view=open&whose=everyone'

interface Action {
  readonly name: string
  /** Brings the page to where the action begins. */
  readonly before?: (page: Page) => Promise<unknown>
  readonly act: (page: Page, row: string) => Promise<unknown>
  /** What the page shows when the action has been done to the row. */
  readonly shows: (row: string) => Expected
  /** Waits until what was sent is answered; default most of a second. */
  readonly after?: (page: Page) => Promise<unknown>
}

interface Expected {
  readonly selector: string
  /** Default 1. */
  readonly atLeast?: number
  readonly text?: string
  /** True when the element is there before, too, with other content. */
  readonly isChanged?: true
}

const timesSchema = z.object({ changed: z.number(), painted: z.number() })
type Times = z.output<typeof timesSchema>

const press = (key: string) => (page: Page) => page.keyboard.press(key)
const type = (text: string) => (page: Page) => page.keyboard.type(text)

const actions: readonly Action[] = [
  {
    name: 'date popover, d',
    act: press('d'),
    shows: () => ({ selector: '.popover .month button, .popover [role="grid"]' }),
  },
  {
    name: 'next week, d w Enter',
    before: type('dw'),
    act: press('Enter'),
    shows: (row) => ({ selector: `${row} .when`, text: 'Mon 30 Nov' }),
  },
  {
    name: 'assignee popover, a',
    act: press('a'),
    shows: () => ({ selector: '.popover input' }),
  },
  {
    name: 'another assignee, a ben Enter',
    before: async (page) => {
      await page.keyboard.press('a')
      await page.getByRole('option').first().waitFor()
      await page.keyboard.type('ben')
    },
    act: press('Enter'),
    shows: (row) => ({ selector: `${row} .whose`, isChanged: true }),
  },
  {
    name: 'select every task, Ctrl A',
    act: press('Control+a'),
    shows: () => ({ selector: '.task[data-selected]', atLeast: 25 }),
  },
  {
    name: 'next week for all, d w Enter',
    before: async (page) => {
      await page.keyboard.press('Control+a')
      await page.keyboard.type('dw')
    },
    act: press('Enter'),
    shows: () => ({ selector: '.task .when', text: 'Mon 30 Nov', atLeast: 25 }),
    after: (page) => page.locator('.selection').waitFor({ state: 'detached' }),
  },
  {
    name: 'palette, Ctrl K',
    act: press('Control+k'),
    shows: () => ({ selector: '.palette [role="option"]' }),
  },
  {
    name: 'panel with the task’s text, Space',
    act: press('Space'),
    shows: () => ({ selector: '.peek h1' }),
  },
  {
    name: 'due tomorrow, a pill in the panel',
    before: openPart('#deadline'),
    act: (page) => page.locator('.peek #deadline button').nth(1).click(),
    shows: () => ({ selector: '.peek [data-part="date"]', isChanged: true }),
  },
  {
    name: 'assignees, saved in the panel',
    before: async (page) => {
      await openPart('#assignees')(page)
      await page.locator('.peek .members input').last().click()
    },
    act: (page) => page.locator('.peek #assignees button').click(),
    shows: () => ({ selector: '.peek [data-part="assignees"]', isChanged: true }),
  },
  {
    name: 'complete, a click in the panel',
    before: openPanel,
    act: (page) => page.locator('.peek .completion button').click(),
    shows: (row) => ({ selector: `${row}[data-gone]` }),
  },
  {
    name: 'delete, a click in the panel',
    before: async (page) => {
      await openPanel(page)
      await page.locator('.peek .more-part:has(.danger) summary').click()
    },
    act: (page) => page.locator('.peek .danger').click(),
    shows: (row) => ({ selector: `${row}[data-gone]` }),
  },
  {
    name: 'add a task, Enter',
    before: async (page) => {
      await page.keyboard.press('q')
      await page.keyboard.type('Call Sam today 5pm')
      await page.locator('.chips [data-kind="date"]').waitFor()
    },
    act: press('Enter'),
    shows: () => ({ selector: '.task[data-new] .wait', text: 'Adding…' }),
  },
  {
    name: 'complete, e',
    act: press('e'),
    shows: (row) => ({ selector: `${row} .checkbox[aria-disabled]` }),
  },
  {
    name: 'complete, a click on the checkbox',
    act: (page, row) => page.locator(`${row} .checkbox`).click(),
    shows: (row) => ({ selector: `${row} .checkbox[aria-disabled]` }),
  },
  {
    name: 'undo it, z',
    before: async (page) => {
      await page.keyboard.press('e')
      await page.locator('#toasts .undo').waitFor()
      // By then the row has left the list.
      await systemClock.wait(700)
    },
    act: press('z'),
    shows: (row) => ({ selector: row }),
  },
]

async function openPanel(page: Page): Promise<void> {
  await page.keyboard.press('Space')
  await page.locator('.peek .completion button').waitFor()
}

function openPart(part: string): (page: Page) => Promise<void> {
  return async (page) => {
    await openPanel(page)
    await page.locator(`.peek ${part} > summary`).click()
  }
}

const chromium = await launchChromium()
const stage = await createStage(chromium, { javaScript: true, seed: { tasks: 120 } })
const page = await settled(stage)
await beFarAway(page)
stage.attio.control.faults.add({ path: '/v2/*', answer: { latencyMs: attioAnswersAfterMs } })
let isReached = true
console.log(
  `${rounds} rounds, ms to           the change of the document            the next frame\n${' '.repeat(36)}least median    p95         least median    p95`,
)
for (const action of actions) {
  const times: Times[] = []
  for (let round = 0; round < rounds; round += 1) times.push(await measure(action, round))
  const changed = times.map((one) => one.changed)
  const painted = times.map((one) => one.painted)
  isReached &&= quantile(changed, 0.95) <= longestMs
  console.log(`${action.name.padEnd(34)} ${inWords(changed)}      ${inWords(painted)}`)
}
await page.close()
await stage.close()
await chromium.close()
if (!isReached) process.exitCode = 1

async function measure(action: Action, round: number): Promise<Times> {
  await page.goto(list)
  const row = `#${await focusRow(round)}`
  // The page has loaded its script and opened its event stream.
  await systemClock.wait(500)
  await action.before?.(page)
  await page.evaluate(watch, action.shows(row))
  await action.act(page, row)
  const times: unknown = await page.evaluate((): unknown => Reflect.get(globalThis, 'benchTimes'))
  await (action.after?.(page) ?? systemClock.wait(800))
  return timesSchema.parse(times)
}

/** Focuses another row in each round, so that none is changed twice. */
async function focusRow(round: number): Promise<string> {
  return await page.evaluate((at) => {
    const rows = document.querySelectorAll<HTMLElement>('main .task[id]:has(button.checkbox)')
    const shown = [...rows].filter((one) => one.checkVisibility())
    const row = shown[at % shown.length]
    row?.querySelector<HTMLElement>('.what a')?.focus()
    return row?.id ?? ''
  }, round)
}

/** Begins to wait, in the page, for an input and for what it changes. */
function watch({ atLeast = 1, isChanged, selector, text }: Expected): void {
  const before = document.querySelector(selector)?.innerHTML
  const isShown = (): boolean => {
    const found = [...document.querySelectorAll(selector)].filter(
      (one) =>
        (text === undefined || one.textContent?.trim() === text) &&
        (isChanged === undefined || one.innerHTML !== before),
    )
    return found.length >= atLeast
  }
  const times = new Promise((done, fail) => {
    setTimeout(() => fail(new Error(`The page never showed ${selector}.`)), 10_000)
    let began: number | undefined
    for (const input of ['keydown', 'click']) {
      addEventListener(input, ({ timeStamp }) => (began ??= timeStamp), { capture: true })
    }
    const observer = new MutationObserver(() => {
      if (began === undefined || !isShown()) return
      observer.disconnect()
      const from = began
      const changed = performance.now() - from
      requestAnimationFrame(() => {
        setTimeout(() => done({ changed, painted: performance.now() - from }))
      })
    })
    observer.observe(document, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    })
  })
  Reflect.set(globalThis, 'benchTimes', times)
}

async function beFarAway(from: Page): Promise<void> {
  const devTools = await from.context().newCDPSession(from)
  await devTools.send('Network.enable')
  await devTools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: taskrIsAwayMs,
    downloadThroughput: -1,
    uploadThroughput: -1,
  })
}

function quantile(all: readonly number[], part: number): number {
  const sorted = all.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN
}

function inWords(all: readonly number[]): string {
  return [Math.min(...all), quantile(all, 0.5), quantile(all, 0.95)]
    .map((ms) => ms.toFixed(1).padStart(7))
    .join('')
}
