// The script that enhances pages which also work without it. Links stay ordinary links: pages come from the mirror
// within milliseconds, and the browser's history works better than a scripted one.
import { preventSecondSubmission } from './busy.ts'
import { letPeopleDismissToasts } from './dismiss-toast.ts'
import { showHint } from './first-visit/hints.ts'
import { keepFresh } from './keep-fresh.ts'
import { listen } from './event-stream.ts'
import { letKeyListOpen } from './commands/key-list.ts'
import { listenToRowParts } from './in-place/edit-row.ts'
import { letTitlesBeEdited } from './in-place/edit-text.ts'
import { keepRefusalsShown } from './in-place/refusals.ts'
import { listenToKeys } from './commands/keys.ts'
import { watchNetwork } from './offline.ts'
import { narrowInPlace } from './find/filters.ts'
import { searchWhileTyping } from './find/search.ts'
import { selectByLongPress } from './select/long-press.ts'
import { keepSelection } from './select/selection.ts'
import { showSelectionBar } from './select/selection-bar.ts'
import { openRowsInPanel } from './peek/peek.ts'
import { understandWhileTyping } from './quick-add/quick-add.ts'
import { keepUndoStack } from './undo-stack.ts'
import { keepPlaceInList } from './rows/rows.ts'
import { stayOnRefusal } from './stay-on-refusal.ts'
import { followHistory, submitInPlace } from './submit-in-place.ts'
import { ignoreDoubleClicks } from './rows/checkboxes.ts'

showHint()
keepSelection()
selectByLongPress()
showSelectionBar()
keepUndoStack()
understandWhileTyping()
ignoreDoubleClicks()
preventSecondSubmission()
submitInPlace()
stayOnRefusal()
followHistory()
keepPlaceInList()
openRowsInPanel()
letKeyListOpen()
listenToKeys()
narrowInPlace()
searchWhileTyping()
listenToRowParts()
letTitlesBeEdited()
keepRefusalsShown()
letPeopleDismissToasts()
const refetch = keepFresh()
listen(refetch)
watchNetwork(refetch)
