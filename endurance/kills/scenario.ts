// What the process that is killed is told, and the steps that it does: each on a task of its own number, each with a key,
// so that a step which was not acknowledged is simply done again.
import { z } from 'zod'
import { sendingSteps } from '../../app/tasks/sending/sending-steps.ts'

export const scenario = z.object({
  environment: z.record(z.string(), z.string()),
  accountId: z.string(),
  connectionId: z.string(),
  beganAt: z.number(),
  /** The first step that was not acknowledged. */
  from: z.number(),
  steps: z.number(),
  /** Ends itself, as kill -9 does, at that point for the n-th time. */
  killAt: z.object({ point: z.enum(sendingSteps), time: z.number() }).optional(),
  /** Stands still there, as with kill -STOP, until somebody has it go on. */
  stopAt: z.enum(sendingSteps).optional(),
})
export type Scenario = z.infer<typeof scenario>

export interface Step {
  readonly kind: 'create' | 'complete' | 'replace' | 'delete'
  readonly content: string
  /** The text that the task has after it was replaced. */
  readonly later: string
  readonly key: string
}

const kinds = ['create', 'complete', 'replace', 'delete'] as const

export function stepOf(number: number): Step {
  const task = Math.floor(number / 4)
  const kind = kinds[number % 4] ?? 'create'
  return {
    // Every other task stays.
    kind: kind === 'delete' && task % 2 === 1 ? 'complete' : kind,
    content: `Task ${task}`,
    later: `Task ${task}, again`,
    key: `step ${number}`,
  }
}

/** What Attio must have in the end: one of each, completed. */
export function expectedContents(steps: number): string[] {
  const tasks = Math.ceil(steps / 4)
  return Array.from({ length: tasks }, (_, task) => `Task ${task}, again`)
    .filter((_, task) => task % 2 === 1)
    .toSorted()
}
