// The options of the process that is killed, and its steps. Each step has a task number and an idempotency key, so an
// unacknowledged step can be repeated.
import { z } from 'zod'
import { sendingSteps } from '../../app/tasks/sending/sending-steps.ts'

export const scenario = z.object({
  environment: z.record(z.string(), z.string()),
  accountId: z.string(),
  connectionId: z.string(),
  beganAt: z.number(),
  /** The number of the first unacknowledged step. */
  from: z.number(),
  steps: z.number(),
  /** Makes the process end itself, as with kill -9, when it reaches the point for the n-th time. */
  killAt: z.object({ point: z.enum(sendingSteps), time: z.number() }).optional(),
  /** Makes the process suspend itself there, as with kill -STOP, until it gets SIGCONT. */
  stopAt: z.enum(sendingSteps).optional(),
})
export type Scenario = z.infer<typeof scenario>

export interface Step {
  readonly kind: 'create' | 'complete' | 'replace' | 'delete'
  readonly content: string
  /** The task's text after it is replaced. */
  readonly later: string
  readonly key: string
}

const kinds = ['create', 'complete', 'replace', 'delete'] as const

export function stepOf(number: number): Step {
  const task = Math.floor(number / 4)
  const kind = kinds[number % 4] ?? 'create'
  return {
    // Every second task is completed instead of deleted.
    kind: kind === 'delete' && task % 2 === 1 ? 'complete' : kind,
    content: `Task ${task}`,
    later: `Task ${task}, again`,
    key: `step ${number}`,
  }
}

/** Returns the texts of the tasks that Attio must have at the end: each once, completed. */
export function expectedContents(steps: number): string[] {
  const tasks = Math.ceil(steps / 4)
  return Array.from({ length: tasks }, (_, task) => `Task ${task}, again`)
    .filter((_, task) => task % 2 === 1)
    .toSorted()
}
