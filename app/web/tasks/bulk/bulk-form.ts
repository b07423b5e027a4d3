// The form that changes many tasks.
import { z } from 'zod'
import { quickDates } from '../../../tasks/tasks.ts'
import { textField } from '../../read-form.ts'
import { changeFields } from '../changing/change-form.ts'

/** The batch size; the script splits larger selections. */
export const mostTasks = 50

const actions = ['completion', 'deadline', 'assignees', 'linked-records', 'deletion'] as const

export const bulkFields = {
  ...changeFields,
  action: z.enum(actions),
  'task[]': z
    .array(z.string().regex(/^[\w-]{1,64}\/[\w-]{1,64}$/))
    .min(1)
    .max(mostTasks),
  'assignee[]': z.array(z.string().max(64)).max(200),
  /** the assignees that the page showed: `connection/task member member …` */
  'shown[]': z.array(z.string().max(20_000)).max(mostTasks),
  words: textField,
  quick: z.enum([...quickDates, 'none']).optional(),
  targetObject: z.string().max(200).default(''),
  recordId: z.string().max(64).default(''),
}

export const bulkLists = ['task[]', 'assignee[]', 'shown[]'] as const

export type BulkForm = z.output<z.ZodObject<typeof bulkFields>>
