// The decisions of a person who is clearing overdue tasks. They stand in the page's address, so that every step is a
// page, and Back and a reload work.
import { z } from 'zod'
import { sha256Base64Url } from '../../../support/hash.ts'
import { filterFields } from '../list-query.ts'
import { batchKey, batchOf } from './batch-keys.ts'

/** The list that is cleared, and the decisions so far. */
export const clearingFields = { ...filterFields, state: z.string().max(4_000).optional() }

export const decisions = ['done', 'today', 'tomorrow', 'next-monday', 'given', 'skipped'] as const
export type Decision = (typeof decisions)[number]

export interface DecidedTask {
  readonly decision: Decision
  /** A short hash of the task's ID. */
  readonly task: string
  /** A short name of the change, for going back. */
  readonly batch: string
}

export interface ClearingState {
  /** The number of overdue tasks when the person began. */
  readonly total: number
  readonly decided: readonly DecidedTask[]
}

/** Far more than the address of a page should hold. */
const mostDecided = 200
const letters = {
  done: 'd',
  today: 't',
  tomorrow: 'm',
  'next-monday': 'w',
  given: 'g',
  skipped: 's',
}
const taskLength = 6
const batchLength = 8

/** Returns undefined for a text that no page of Taskr made. */
export function readState(text: string): ClearingState | undefined {
  const [total = '', ...entries] = text.split('.')
  if (!/^\d{1,6}$/.test(total) || entries.length > mostDecided) return undefined
  const decided = entries.flatMap((entry) => readEntry(entry) ?? [])
  return decided.length === entries.length ? { total: Number(total), decided } : undefined
}

export function writeState({ total, decided }: ClearingState): string {
  return [
    String(total),
    ...decided.map(({ decision, task, batch }) => `${letters[decision]}${task}${batch}`),
  ].join('.')
}

export function isFull({ decided }: ClearingState): boolean {
  return decided.length >= mostDecided
}

export function taskMark(taskId: string): string {
  return sha256Base64Url(taskId).slice(0, taskLength)
}

/** Returns a short name for the change that the form with this key makes. */
export function batchMark(requestKey: string): string {
  return batchOf(requestKey).slice(0, batchLength)
}

/** Returns the request key of a decision's change. */
export function decisionKey({ task, batch }: Pick<DecidedTask, 'task' | 'batch'>): string {
  return batchKey(`${batch}${task}`, 0)
}

function readEntry(entry: string): DecidedTask | undefined {
  const decision = decisions.find((one) => letters[one] === entry.charAt(0))
  const task = entry.slice(1, 1 + taskLength)
  const batch = entry.slice(1 + taskLength)
  if (decision === undefined || !/^[\w-]{6}$/.test(task) || !/^[\w-]{8}$/.test(batch)) {
    return undefined
  }
  return { decision, task, batch }
}
