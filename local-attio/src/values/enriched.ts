// Attributes that Attio fills from its own data and from mailboxes and calendars.
import type { Attribute } from '../world/records.ts'

const enrichedSlugs = new Set([
  'angellist',
  'avatar_url',
  'employee_range',
  'estimated_arr_usd',
  'facebook',
  'foundation_date',
  'funding_raised_usd',
  'instagram',
  'linkedin',
  'logo_url',
  'strongest_connection_strength',
  'strongest_connection_strength_legacy',
  'strongest_connection_user',
  'twitter',
  'twitter_follower_count',
])

/** True when Attio keeps no history of the values that can be read or written. */
export function isEnriched({ isSystem, slug, type }: Attribute): boolean {
  return type === 'interaction' || (isSystem && enrichedSlugs.has(slug))
}
