// Records in Attio that match an email address or domain in the line, as chips.
import { createAsker, listOf, lookupAddress, textOf } from '../in-place/fetch-json.ts'
import { chosenConnection, hiddenField } from './add-form.ts'
import { chipOf } from './chip.ts'

const pauseMs = 400

const contacts = new Map<string, { readonly record: string; readonly label: string } | undefined>()
const ask = createAsker()
let timer: ReturnType<typeof setTimeout> | undefined

/** Forgets what was found, for another line or another workspace. */
export function forgetContacts(): void {
  contacts.clear()
}

/** Calls `understand` when a contact was found or taken away. */
export function contactChips(found: readonly unknown[], understand: () => void): Node[] {
  const values = found.map((contact) => textOf(contact, 'value'))
  clearTimeout(timer)
  const next = found.find((contact) => !contacts.has(textOf(contact, 'value')))
  if (next !== undefined) {
    timer = setTimeout(() => void findContact(next, understand), pauseMs)
  }
  return values.flatMap((value) => {
    const contact = contacts.get(value)
    if (contact === undefined) return []
    return [
      chipOf({ kind: 'record', label: contact.label, hint: `Do not link ${contact.label}` }, () => {
        contacts.set(value, undefined)
        understand()
      }),
      hiddenField('record[]', contact.record),
    ]
  })
}

/** Asks Attio which person or company an email address or domain belongs to. */
async function findContact(contact: unknown, understand: () => void): Promise<void> {
  const value = textOf(contact, 'value')
  const wanted = textOf(contact, 'kind') === 'email' ? 'person' : 'company'
  const address = `/lookups/${chosenConnection()}/records`
  const answer = await ask(lookupAddress(address, { text: value, source: 'attio' }))
  if (answer === undefined) return
  const found = listOf(answer, 'records').find((record) => textOf(record, 'kind') === wanted)
  contacts.set(
    value,
    found === undefined
      ? undefined
      : {
          record: `${textOf(found, 'targetObject')}/${textOf(found, 'recordId')}`,
          label: textOf(found, 'name'),
        },
  )
  understand()
}
