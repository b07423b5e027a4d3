// Returns a record's display name.
import type { AttributeValue } from '../wire/attribute-value.ts'
import type { AttioRecord } from '../wire/record.ts'

/** A character that people can see: neither blank, nor a control, nor a mark without a letter, nor ignored by fonts. */
const visible = /[^\p{Cc}\p{Cf}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u

/** The attributes that may hold a name, in order of preference. People created from an e-mail have no `name`. */
const nameAttributes = ['name', 'email_addresses', 'domains', 'primary_email_address'] as const

/**
 * assumed: an object whose records are named by an attribute of another slug calls it so. Attio's answers do not tell
 * which one it is.
 */
const namedLikeName = /(?:^|_)(?:name|title|label|subject|number)$|^(?:user|workspace|external)_id$/

/**
 * Returns a record's name: for people the full name or else the e-mail address, for companies the name
 * or else the domain, for deals and most custom objects the `name` attribute, or else one such as
 * `title`, `invoice_number` or `user_id`. Undefined when there is none; the search endpoint then has one
 * (`text` of `records.search`).
 * Source: docs.attio.com/docs/standard-objects
 *
 * @example
 * const person = await client.records.get('people', personId)
 * recordName(person) ?? 'Someone'
 */
export function recordName(record: Pick<AttioRecord, 'values'>): string | undefined {
  const others = Object.keys(record.values).filter((attribute) => namedLikeName.test(attribute))
  for (const attribute of [...nameAttributes, ...others]) {
    for (const value of record.values[attribute] ?? []) {
      const name = value.activeUntil === null ? nameIn(value).trim() : ''
      if (isVisible(name)) return name
    }
  }
  return undefined
}

/** Looks at the beginning only: megabytes of invisible characters would take long. */
function isVisible(name: string): boolean {
  return visible.test(name.slice(0, 1_000))
}

function nameIn(value: AttributeValue): string {
  switch (value.attributeType) {
    case 'personal-name':
      return isVisible(value.fullName) ? value.fullName : `${value.firstName} ${value.lastName}`
    case 'text':
      return value.value
    case 'email-address':
      return value.emailAddress
    case 'domain':
      return value.domain
    case 'number':
      return String(value.value)
    default:
      return ''
  }
}
