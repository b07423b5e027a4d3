// Enhances the page when it loads and after every morph.
import { addKeysButton } from './commands/key-list.ts'
import { addShowPasswordButtons } from './show-password.ts'
import { loadPasskeyScript } from './passkeys/load-script.ts'
import { showHint } from './first-visit/hints.ts'
import { fillInTimeZone } from './time-zone.ts'

export function enhance(): void {
  addShowPasswordButtons()
  fillInTimeZone()
  addKeysButton()
  showHint()
  loadPasskeyScript()
}
