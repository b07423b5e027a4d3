// Letters are sealed like access tokens while they wait: the link in one opens an account.
import type { Db } from '../database/tables.ts'
import { asMailId } from '../support/ids.ts'
import { Secret } from '../support/secret.ts'
import { letterSchema, type Letter } from './letter.ts'
import type { LetterPlace, LetterSealer } from './mail-parts.ts'
import {
  countMailsSealedWith,
  listMailsNotSealedWith,
  replaceSealedLetter,
  type MailLease,
} from './mail-store.ts'

export function sealLetter(sealer: LetterSealer, owner: MailOwner, letter: Letter): string {
  return sealer.seal(placeOf(owner), new Secret(JSON.stringify(letter)))
}

/** Returns undefined when no key opens the letter. */
export function openLetter(sealer: LetterSealer, mail: MailLease): Letter | undefined {
  const opened = sealer.open(placeOf(mail), mail.sealedLetter)
  return opened && letterSchema.parse(JSON.parse(opened.reveal()))
}

/** The functions that key rotation needs for the column. */
export const sealedLetters = {
  listNotSealedWith: async (
    db: Db,
    keyId: string,
    page: { readonly after: string; readonly limit: number },
  ) => {
    const mails = await listMailsNotSealedWith(db, keyId, page)
    return mails.map((mail) => ({ place: placeOf(mail), sealed: mail.sealedLetter }))
  },
  countSealedWith: countMailsSealedWith,
  replace: (
    db: Db,
    { place, sealed }: { readonly place: { readonly rowId: string }; readonly sealed: string },
    again: string,
  ) => replaceSealedLetter(db, asMailId(place.rowId), { from: sealed, to: again }),
}

interface MailOwner {
  readonly accountId: string | undefined
  readonly mailId: string
}

function placeOf({ accountId = '', mailId }: MailOwner): LetterPlace {
  return { field: 'mail.letter', accountId, rowId: mailId }
}
