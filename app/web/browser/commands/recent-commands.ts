// The commands that were used last in this browser.
import { textOf } from '../in-place/fetch-json.ts'
import type { Command } from './command.ts'

const recentKey = 'taskr-recent-commands'
const mostKept = 12

export type Recent = { readonly id: string; readonly label: string; readonly address?: string }

export function recentCommands(): readonly Recent[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(recentKey) ?? '[]')
    if (!Array.isArray(stored)) return []
    return stored.flatMap((one: unknown) => {
      const [id, label, address] = ['id', 'label', 'address'].map((name) => textOf(one, name))
      if (id === undefined || id === '' || label === undefined) return []
      // Only an address of this site is followed.
      return [{ id, label, ...(address?.startsWith('/?') === true ? { address } : {}) }]
    })
  } catch {
    return []
  }
}

export function remember({ id, label, address }: Command): void {
  try {
    const others = recentCommands().filter((one) => one.id !== id)
    const own = { id, label, ...(address === undefined ? {} : { address }) }
    localStorage.setItem(recentKey, JSON.stringify([own, ...others].slice(0, mostKept)))
  } catch {
    // Without storage, the order does not change.
  }
}
