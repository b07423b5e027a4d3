// The kinds of values that variables of several subjects have: required texts, numbers, lists and web addresses.
import { z } from 'zod'
import { isLoopback } from '../support/loopback.ts'

export function required(what: string) {
  return z.string({ error: `is missing: ${what}` })
}

export function numberFrom(least: number, most: number) {
  return z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `must be a number from ${least} to ${most}`,
    )
    .transform(Number)
}

/** Splits a list at its commas. */
export function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

/** A required origin: https, or in development http on this machine. */
export function origin(what: string, production: boolean) {
  return required(what).transform((text, context) => {
    const problem = originProblem(text, production)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
    return text
  })
}

export function originProblem(text: string, production: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'must be an https:// address'
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    return 'must be an origin only: no path, no query, no user'
  }
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return undefined
  return production ? 'must be https in production' : 'must be https, or http on this machine only'
}
