// Defines journeys: each runs twice in real Chromium, with JavaScript and without, on a testbed of its own.
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchChromium } from './chromium.ts'
import { createStage, type Stage, type StageOptions } from './browser-testbed.ts'

type Props = Omit<StageOptions, 'javaScript'>

export interface Traveller {
  readonly stage: Stage
  readonly javaScript: boolean
}

export type Journey = (
  title: string,
  make: (traveller: Traveller) => Promise<void>,
  props?: Props,
) => void

/**
 * Defines a suite of journeys, of which two run at a time. Pass a concurrency of 1 where the end of one journey removes
 * data that another uses, as with the databases of `onEachEngine`.
 */
export function journeys(
  name: string,
  define: (journey: Journey) => void,
  { concurrency = 2 }: { readonly concurrency?: number } = {},
): void {
  suite(name, { concurrency }, () => {
    let chromium: Browser
    before(async () => {
      chromium = await launchChromium()
    })
    after(() => chromium.close())
    for (const javaScript of [true, false]) {
      suite(javaScript ? 'with JavaScript' : 'without JavaScript', () => {
        define((title, make, props = {}) => {
          test(title, async () => {
            const stage = await createStage(chromium, { ...props, javaScript })
            try {
              await make({ stage, javaScript })
            } finally {
              await stage.close()
            }
          })
        })
      })
    }
  })
}
