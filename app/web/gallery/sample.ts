// A page of the gallery: its name and its view. All text written by people goes through `say`, so that a test can make
// every text hostile.
import type { AppFrame, AssetAddresses, PageFrame } from '../ui/frame.ts'
import type { Html } from '../ui/html.ts'

export type Sample = { readonly name: string; readonly page: Html }

export type Setting = {
  readonly assets: AssetAddresses
  readonly say: (text: string) => string
}

/** Monday 23 November 2026, 09:41 in Berlin. */
export const now = Date.UTC(2026, 10, 23, 8, 41)
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export function signedOut({ assets }: Setting): PageFrame {
  return { assets, now, address: '/' }
}

export function onCard(setting: Setting): PageFrame & { account: AppFrame['account'] } {
  return { ...signedOut(setting), account: account(setting) }
}

export function inApp(setting: Setting): AppFrame {
  return {
    ...onCard(setting),
    requestKey: () => 'a key of this form',
    counts: { overdue: 3, today: 5, upcoming: 21, noDate: 8 },
    workspaces: [
      {
        connectionId: 'acme',
        workspaceName: setting.say('Acme Robotics'),
        openTasks: 29,
        needsAttention: false,
      },
    ],
  }
}

export function inSeveralWorkspaces(setting: Setting): AppFrame {
  return {
    ...inApp(setting),
    workspaces: [
      ...inApp(setting).workspaces,
      { connectionId: 'globe', workspaceName: setting.say('Globex'), needsAttention: true },
      {
        connectionId: 'umbrella',
        workspaceName: setting.say('The Very Long Holding Company of Southern Patagonia'),
        openTasks: 1204,
        needsAttention: false,
      },
    ],
  }
}

function account({ say }: Setting): AppFrame['account'] {
  return { username: say('jo'), timeZone: 'Europe/Berlin', isOperator: false }
}
