// The addresses of a workspace's pages.

export function tasksAddress(slug: string, part = ''): string {
  return `/workspaces/${slug}/tasks${part === '' ? '' : `/${part}`}`
}

export function appsAddress(slug: string): string {
  return `/workspaces/${slug}/settings/apps`
}

/** Returns one of a record's addresses; Attio's own has the object's noun in the middle. */
export function recordAddress(slug: string, recordId: string): string {
  return `/${slug}/record/${recordId}`
}

export const views = ['open', 'done'] as const

export type View = (typeof views)[number]

export function listAddress(slug: string, view: View, page = 1): string {
  const query = new URLSearchParams()
  if (view !== 'open') query.set('view', view)
  if (page > 1) query.set('page', String(page))
  return query.size === 0 ? tasksAddress(slug) : `${tasksAddress(slug)}?${query}`
}
