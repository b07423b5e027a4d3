// What a row says of its task: everything that depends on the reader, the list and the day is put in words here, so that
// equal rows have equal HTML.
import { hueOfWorkspace, type WorkspaceHues } from '../../ui/hue.ts'
import {
  deadlineInWords,
  instantInFull,
  momentInWords,
  type DeadlineWords,
  type PageReader,
} from '../../ui/words.ts'
import { ageInWords, isAgeMarked } from './age.ts'
import type { ShownDate, ShownRow, TaskRow } from './task-row.ts'

/** `time` where the heading above has the day, `age` where every task is overdue. */
export type DateStyle = 'date' | 'time' | 'age'

export type RowSetting = {
  readonly reader: PageReader
  /** present when each row names its workspace */
  readonly hues?: WorkspaceHues | undefined
  readonly dates: DateStyle
}

export function shownRow(task: TaskRow, { dates, hues, reader }: RowSetting): ShownRow {
  const { assignees, connectionId, content, isCompleted, linkedRecords, taskId, workspaceName } =
    task
  return {
    connectionId,
    taskId,
    content,
    isCompleted,
    isPending: task.isPending === true,
    isWritable: task.isWritable === true,
    workspace: hues && { name: workspaceName, hue: hueOfWorkspace(task, hues) },
    assignees: assignees.map(({ memberId, name }) => ({ memberId, name })),
    records: linkedRecords.map(({ kind, name, recordId, webUrl }) => ({
      kind,
      name,
      webUrl,
      ...(recordId === undefined ? {} : { recordId }),
    })),
    when: isCompleted ? completion(task, reader) : dueDate(task, reader, dates),
    ...(isCompleted || task.isWritable !== true ? {} : { madeAt: task.createdAt }),
  }
}

function completion({ completedAt }: TaskRow, reader: PageReader): ShownDate | undefined {
  if (completedAt === null || completedAt === undefined) return undefined
  return {
    instant: completedAt,
    text: momentInWords(completedAt, reader),
    full: instantInFull(completedAt, reader),
    isMarked: false,
  }
}

function dueDate(
  { deadlineAt }: TaskRow,
  reader: PageReader,
  dates: DateStyle,
): ShownDate | undefined {
  if (deadlineAt === null) return undefined
  const words = deadlineInWords(deadlineAt, reader)
  const { date, full } = words
  return { instant: deadlineAt, full, day: date, ...shortDate(words, dates) }
}

function shortDate(
  { text, time, days, isLate }: DeadlineWords,
  dates: DateStyle,
): { readonly text: string; readonly isMarked: boolean } {
  if (days < 0) return { text: ageInWords(-days), isMarked: isAgeMarked(-days) }
  return { text: dates === 'time' ? (time ?? '') : text, isMarked: isLate }
}
