// Shows a change at once, and keeps showing it when the page or the panel is morphed before the answer.
import { cardShown } from '../peek/card-shown.ts'
import { glide } from '../rows/glide.ts'
import {
  bringBack,
  cardsOfTask,
  rowOfTask,
  tasksBefore,
  type TasksBefore,
} from '../rows/rows-before.ts'
import { keepingPlace } from '../rows/rows.ts'
import { pageShown } from '../page-shown.ts'
import { forgive } from './refusals.ts'
import type { ShowChange } from './show-in-row.ts'

export type Shown = {
  readonly before: TasksBefore
  /** Called when the answer is there: what it shows is true. */
  readonly end: () => void
  /** Brings the tasks back as they were. */
  readonly takeBack: () => void
}

/** The IDs are those of rows. Rows that are `leaving` stay in sight for a moment. */
export function showUntilAnswered(
  ids: readonly string[],
  show: ShowChange,
  leaving?: 'leaving',
): Shown {
  ids.forEach(forgive)
  const before = tasksBefore(ids)
  const again = (): void => {
    for (const id of ids) {
      const row = rowOfTask(id)
      for (const shown of [...cardsOfTask(id), ...(row === undefined ? [] : [row])]) show(shown)
    }
  }
  const rows = leaving === undefined ? [] : ids.flatMap((id) => rowOfTask(id) ?? [])
  keepingPlace(() => glide(again, rows))
  const listening = new AbortController()
  for (const event of [pageShown, cardShown]) document.addEventListener(event, again, listening)
  const end = (): void => listening.abort()
  return {
    before,
    end,
    takeBack: () => {
      end()
      keepingPlace(() => bringBack(before))
    },
  }
}
