// What is added to the page itself, at first and after every change of it.
import { addKeysButton } from './commands/key-list.ts'
import { addShowPasswordButtons } from './show-password.ts'
import { fillInTimeZone } from './time-zone.ts'

export function enhance(): void {
  addShowPasswordButtons()
  fillInTimeZone()
  addKeysButton()
}
