// The addresses of the dashboard's pages.

export const dashboard = '/developers'

export const newApp = `${dashboard}/new-app`

/** Returns the address of an app's page or form. */
export function appAddress(appId: string, part = ''): string {
  return `${dashboard}/apps/${appId}${part === '' ? '' : `/${part}`}`
}

/** Returns the link under which an admin of any workspace installs a privately shared app. */
export function installAddress(appId: string): string {
  return `/install/${appId}`
}
