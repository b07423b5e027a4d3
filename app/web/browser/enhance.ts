// Enhances the page when it loads and after every morph.
import { addShowPasswordButtons } from './show-password.ts'
import { loadPasskeyScript } from './passkeys/load-script.ts'
import { showHint } from './first-visit/hints.ts'
import { fillInTimeZone } from './time-zone.ts'

export function enhance(): void {
  addShowPasswordButtons()
  fillInTimeZone()
  showHint()
  loadPasskeyScript()
}
