// The script of pages other than lists and tasks, beside the first one.
import { pageShown } from '../page-shown.ts'
import { loadPasskeyScript } from '../passkeys/load-script.ts'
import { letPeopleTryTheDemo } from './demo.ts'
import { addShowPasswordButtons } from './show-password.ts'
import { fillInTimeZone } from './time-zone.ts'

function enhanceForms(): void {
  addShowPasswordButtons()
  fillInTimeZone()
  loadPasskeyScript()
}

letPeopleTryTheDemo()
enhanceForms()
document.addEventListener(pageShown, enhanceForms)
