// Applies a command of `npm run keys` to the text of a key file. Pure: the caller reads and writes the file.
import { z } from 'zod'

export interface KeyChange {
  readonly command: string
  /** The key to promote or retire. */
  readonly id: string
  /** The new key for `add`. */
  readonly fresh: string
  /** Taskr's last count of sealed values by key, as JSON. */
  readonly status: string
}

export type KeyChanged =
  | { readonly kind: 'changed'; readonly text: string; readonly said: string }
  | { readonly kind: 'refused'; readonly problem: string }

const statusSchema = z.record(z.string(), z.number())

export function changeKeys(text: string, { command, id, fresh, status }: KeyChange): KeyChanged {
  const keys = text
    .split(/[\n,]/)
    .map((key) => key.trim())
    .filter((key) => key !== '')
  const meant = keys.find((key) => key.startsWith(`${id}:`))
  const rest = keys.filter((key) => key !== meant)
  switch (command) {
    case 'add':
      return changed(
        [...keys, fresh],
        `Added ${idOf(fresh)}. When every node has the file: promote ${idOf(fresh)}`,
      )
    case 'promote':
      if (meant === undefined) return refused(`There is no key ${id} in the file.`)
      return changed(
        [meant, ...rest],
        `${id} seals from now on. See status for when the others are free.`,
      )
    case 'retire': {
      if (meant === undefined) return refused(`There is no key ${id} in the file.`)
      if (meant === keys[0]) return refused(`${id} seals. Promote another key first.`)
      const use = statusSchema.parse(JSON.parse(status))
      const currentId = idOf(keys[0] ?? '')
      if (use[currentId] === undefined)
        return refused('Taskr has not reported since the last promotion. Is a worker running?')
      if ((use[id] ?? 0) > 0)
        return refused(`${id} still seals ${use[id]} values. Taskr is sealing them again.`)
      return changed(rest, `Retired ${id}.`)
    }
    default:
      return refused('Usage: npm run keys -- new | add | promote <id> | status | retire <id>')
  }
}

function idOf(key: string): string {
  return key.split(':')[0] ?? ''
}

function changed(keys: readonly string[], said: string): KeyChanged {
  return { kind: 'changed', text: keys.join('\n'), said }
}

function refused(problem: string): KeyChanged {
  return { kind: 'refused', problem }
}
