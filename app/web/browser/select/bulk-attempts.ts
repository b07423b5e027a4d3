// Sends one action for many tasks, in batches. A task that could not be changed is kept with the reason, so that it can be
// tried again with the same form: what reached Taskr before is not done twice (RL-28).
import { listOf, textOf } from '../in-place/fetch-json.ts'
import { whyNot } from '../offline.ts'
import { bringBack, type TasksBefore } from '../rows/rows-before.ts'
import { say } from '../show-toast.ts'
import { post, rememberUndo, showAgain, undoLast } from '../undo-stack.ts'

/** A form, apart from its tasks. */
export type Attempt = {
  readonly fields: readonly (readonly [string, string])[]
  /** Puts what has changed in words; `count` is a text such as "12 tasks". */
  readonly inWords: (count: string) => string
}

export type Target = {
  /** the connection and the task, as the form names them */
  readonly name: string
  readonly rowId: string
  /** the text of the task */
  readonly text: string
  /** the assignees that the row showed */
  readonly members: readonly string[]
}

export type Failure = {
  readonly target: Target
  readonly reason: string
  readonly attempt: Attempt
}

const batchSize = 25

let failed: readonly Failure[] = []
let isSending = false
let onChange = (): void => {}

/** Calls the listener whenever a failure is added or taken away. */
export function onFailuresChange(listener: () => void): void {
  onChange = listener
}

export function failures(): readonly Failure[] {
  return failed
}

export function isBulkSending(): boolean {
  return isSending
}

/** Forgets the failures. Returns whether there was any. */
export function dismissFailures(): boolean {
  const any = failed.length > 0
  setFailures([])
  return any
}

/** Tries the same again. Failures of several actions are sent action after action. */
export async function sendAgain(some: readonly Failure[]): Promise<void> {
  if (isSending) return
  const byAttempt = Map.groupBy(some, ({ attempt }) => attempt)
  for (const [attempt, these] of byAttempt) {
    const targets = these.map(({ target }) => target)
    await attemptAll(targets, attempt)
  }
}

type Following = {
  /** Called with the number of targets that are done. */
  readonly progress?: (done: number) => void
  /** The rows before the action, which the page has changed already. */
  readonly before?: TasksBefore
  /** Called when every target was sent. */
  readonly sent?: () => void
}

/** Sends the action for every target. */
export async function attemptAll(
  targets: readonly Target[],
  attempt: Attempt,
  { before = [], progress = () => {}, sent = () => {} }: Following = {},
): Promise<void> {
  isSending = true
  const changed: string[] = []
  const refused: Failure[] = []
  const fail = (target: Target, reason: string): number => refused.push({ target, reason, attempt })
  for (let at = 0; at < targets.length; at += batchSize) {
    progress(at)
    const batch = targets.slice(at, at + batchSize)
    const answer = await post('/tasks/bulk', bodyOf(batch, attempt))
    if (answer === undefined) {
      for (const target of targets.slice(at)) fail(target, `${whyNot()} Not saved.`)
      break
    }
    changed.push(...listOf(answer, 'changed').filter((id) => typeof id === 'string'))
    for (const one of listOf(answer, 'refused')) {
      const target = batch.find(({ name }) => name === textOf(one, 'task'))
      if (target !== undefined) fail(target, textOf(one, 'reason'))
    }
  }
  isSending = false
  sent()
  const tried = new Set(targets.map(({ name }) => name))
  const others = failed.filter((one) => one.attempt !== attempt || !tried.has(one.target.name))
  setFailures([...others, ...refused])
  rememberUndo(changed, before)
  bringBack(before.filter(({ id }) => refused.some(({ target }) => target.rowId === id)))
  await showAgain()
  if (changed.length > 0) say(attempt.inWords(tasksInWords(changed.length)), { undo: undoLast })
  else if (refused.length === 0) say('Nothing to change.')
}

export function tasksInWords(tasks: number): string {
  return tasks === 1 ? '1 task' : `${tasks} tasks`
}

function bodyOf(batch: readonly Target[], { fields }: Attempt): URLSearchParams {
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value]))
  const isAssigning = body.get('action') === 'assignees'
  for (const { members, name } of batch) {
    body.append('task[]', name)
    if (isAssigning) body.append('shown[]', [name, ...members].join(' '))
  }
  return body
}

function setFailures(some: readonly Failure[]): void {
  failed = some
  onChange()
}
