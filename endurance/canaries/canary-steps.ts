// The steps that the canary journeys share.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { standard } from '@taskr/local-attio'
import type { Answer, Browser } from '../../testing/in-process/http-browser.ts'
import { wordsOf } from '../../testing/in-process/page-text.ts'
import type { Recording } from './canary-record.ts'

export const beginning = '/integrations/attio/connect'
export const callback = '/integrations/attio/callback'

export interface Person {
  readonly browser: Browser
  readonly username: string
  password: string
}

export async function approve(
  { world, plant }: Recording,
  browser: Browser,
  choice: {
    readonly person?: string
    readonly workspace?: string
    readonly decision?: 'allow' | 'deny'
  } = {},
): Promise<string> {
  const begun = await browser.post(beginning)
  const {
    person = standard.people.ada.emailAddress,
    workspace = 'acme',
    decision = 'allow',
  } = choice
  const url = begun.location ?? ''
  const back = world.attio.control.consent({ url, person, workspace, decision })
  plant('code', back.searchParams.get('code') ?? '')
  return back.pathname + back.search
}

export function secretIn(plant: Recording['plant'], kind: string): string {
  return plant(kind, randomBytes(24).toString('base64url'))
}

export function assertIs({ status, body }: Answer, expected: number): void {
  assert.equal(status, expected, wordsOf(body).slice(0, 300))
}
