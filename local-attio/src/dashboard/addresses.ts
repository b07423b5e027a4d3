// Where the pages of the dashboard are.

export const dashboard = '/developers'

export const newApp = `${dashboard}/new-app`

/** A page of an app, or something of it that a form changes. */
export function appAddress(appId: string, part = ''): string {
  return `${dashboard}/apps/${appId}${part === '' ? '' : `/${part}`}`
}

/** Where an admin of any workspace installs an app that is shared privately. */
export function installAddress(appId: string): string {
  return `/install/${appId}`
}
