// Computes what a task list must show from the local Attio's world and a calendar, without any code of Taskr.
import type { RunningLocalAttio } from '@taskr/local-attio'

export type ExpectedTasks = {
  readonly overdue: number
  readonly today: number
  readonly upcoming: number
  readonly noDate: number
  readonly done: number
}

export function expectTasks(
  attio: RunningLocalAttio,
  reader: { readonly now: number; readonly timeZone: string },
  which: { readonly workspaceId: string; readonly assigneeId?: string },
): ExpectedTasks {
  const midnight = Temporal.Instant.fromEpochMilliseconds(reader.now)
    .toZonedDateTimeISO(reader.timeZone)
    .startOfDay()
  const [from, until] = [midnight.epochMilliseconds, midnight.add({ days: 1 }).epochMilliseconds]
  const tasks = attio.control.world.tasks
    .all()
    .filter(({ workspaceId }) => workspaceId === which.workspaceId)
    .filter(({ assigneeIds }) => !which.assigneeId || assigneeIds.includes(which.assigneeId))
  const open = tasks.filter(({ isCompleted }) => !isCompleted)
  const dated = open.flatMap(({ deadlineAt }) => (deadlineAt === null ? [] : [deadlineAt]))
  return {
    overdue: dated.filter((at) => at < from).length,
    today: dated.filter((at) => at >= from && at < until).length,
    upcoming: dated.filter((at) => at >= until).length,
    noDate: open.length - dated.length,
    done: tasks.length - open.length,
  }
}
