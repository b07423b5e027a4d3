// Reads a row of the list: its task, and how to send its form.

export type RowTask = {
  readonly row: HTMLElement
  readonly connectionId: string
  readonly taskId: string
}

/** Returns the task of a row that can be changed, or undefined. */
export function taskOf(row: HTMLElement | undefined): RowTask | undefined {
  if (row?.querySelector('button.checkbox') === null) return undefined
  const link = row?.querySelector<HTMLAnchorElement>('.what a')
  const [, tasks, connectionId, taskId] = link?.pathname.split('/') ?? []
  if (row === undefined || tasks !== 'tasks' || connectionId === undefined) return undefined
  return taskId === undefined ? undefined : { row, connectionId, taskId }
}

/** Returns the address of a task's resource: `deadline`, `assignees` or `linked-records`. */
export function resourceOf({ connectionId, taskId }: RowTask, name: string): string {
  return `/tasks/${connectionId}/${taskId}/${name}`
}

export function membersOf({ row }: RowTask): readonly string[] {
  const ids = row.querySelector<HTMLElement>('.whose')?.dataset['members'] ?? ''
  return ids === '' ? [] : ids.split(' ')
}

/** Returns the hidden fields of the form around the list: the request key and the page to return to. */
export function listFields(): readonly (readonly [string, string])[] {
  const form =
    document.querySelector<HTMLFormElement>('main form[data-list]') ??
    document.querySelector<HTMLFormElement>('main form.add')
  return ['requestKey', 'returnTo'].map((name) => {
    const field = form?.elements.namedItem(name)
    return [name, field instanceof HTMLInputElement ? field.value : ''] as const
  })
}
