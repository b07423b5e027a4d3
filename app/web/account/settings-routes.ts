// The addresses of the settings page and of its forms.
import { paths } from '../addresses.ts'
import type { Route } from '../routes.ts'
import {
  changeEmailAddressFromForm,
  changePasswordFromForm,
  changeTimeZoneFromForm,
} from './change-settings.ts'
import { deleteAccountFromForm } from './delete-account.ts'
import { endOneSessionFromForm, endOtherSessionsFromForm } from './end-sessions.ts'
import { showSettings } from './settings-answer.ts'

export const settingsRoutes: readonly Route[] = [
  ['GET', paths.settings, showSettings],
  ['POST', paths.timeZone, changeTimeZoneFromForm],
  ['POST', paths.password, changePasswordFromForm],
  ['POST', paths.emailAddress, changeEmailAddressFromForm],
  ['POST', paths.otherSessionsEnding, endOtherSessionsFromForm],
  ['POST', paths.sessionEnding, endOneSessionFromForm],
  ['POST', paths.accountDeletion, deleteAccountFromForm],
]
