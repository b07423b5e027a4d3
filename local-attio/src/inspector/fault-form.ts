// The form that adds a common fault: its input and its problems.
import type { Problem } from '../pages/fields.ts'
import type { Fault } from '../faults/faults.ts'
import { commonFaults } from './common-faults.ts'

export type FaultForm = {
  readonly kind: string
  readonly method: string
  readonly path: string
  readonly count: string
  readonly seconds: string
}

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export const emptyFaultForm: FaultForm = {
  kind: 'down',
  method: '',
  path: '/v2/*',
  count: '',
  seconds: '',
}

export function faultForm(form: URLSearchParams): FaultForm {
  const text = (name: string): string => (form.get(name) ?? '').trim()
  return {
    kind: text('kind'),
    method: text('method'),
    path: text('path'),
    count: text('count'),
    seconds: text('seconds'),
  }
}

export type ReadFault =
  | { readonly kind: 'read'; readonly fault: Fault }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

export function readFault(form: FaultForm): ReadFault {
  const { method, path, count, seconds } = form
  const common = Object.hasOwn(commonFaults, form.kind) ? commonFaults[form.kind] : undefined
  const problems: Problem[] = []
  if (!common) problems.push({ field: 'kind', message: 'Pick one of these.' })
  if (method !== '' && !methods.some((one) => one === method)) {
    problems.push({ field: 'method', message: 'Pick one of these.' })
  }
  if (!path.startsWith('/') || path.length > 500) {
    problems.push({ field: 'path', message: 'A path begins with “/”; “*” stands for anything.' })
  }
  for (const [field, value] of Object.entries({ count, seconds })) {
    if (value !== '' && !/^[1-9]\d{0,5}$/.test(value)) {
      problems.push({ field, message: 'Enter a number from 1, or leave it empty.' })
    }
  }
  if (!common || problems.length > 0) return { kind: 'refused', problems }
  return {
    kind: 'read',
    fault: {
      path,
      ...(method !== '' && { method }),
      ...(count !== '' && { count: Number(count) }),
      ...(seconds !== '' && { ttlMs: Number(seconds) * 1000 }),
      answer: common.answer,
    },
  }
}
