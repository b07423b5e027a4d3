// Attributes of people and companies that Attio fills by itself: from its own data, and from the
// mailboxes and calendars of members. The slugs are seen; the options are assumed.
import type { AttributeSketch } from './sketches.ts'

export const interactions: readonly AttributeSketch[] = [
  ['first_calendar_interaction', 'First calendar interaction'],
  ['last_calendar_interaction', 'Last calendar interaction'],
  ['next_calendar_interaction', 'Next calendar interaction'],
  ['first_email_interaction', 'First email interaction'],
  ['last_email_interaction', 'Last email interaction'],
  ['first_interaction', 'First interaction'],
  ['last_interaction', 'Last interaction'],
  ['next_interaction', 'Next interaction'],
].map(
  ([slug = '', title = '']) => ({ slug, title, type: 'interaction', isReadOnly: true }) as const,
)

export const connection: readonly AttributeSketch[] = [
  {
    slug: 'strongest_connection_strength',
    title: 'Connection strength',
    type: 'select',
    options: ['Very weak', 'Weak', 'Good', 'Strong', 'Very strong'],
    isReadOnly: true,
  },
  {
    slug: 'strongest_connection_strength_legacy',
    title: 'Connection strength (legacy)',
    type: 'number',
    isReadOnly: true,
  },
  {
    slug: 'strongest_connection_user',
    title: 'Strongest connection',
    type: 'actor-reference',
    isReadOnly: true,
  },
]

export const socialLinks: readonly AttributeSketch[] = [
  { slug: 'angellist', title: 'AngelList', type: 'text' },
  { slug: 'facebook', title: 'Facebook', type: 'text' },
  { slug: 'instagram', title: 'Instagram', type: 'text' },
  { slug: 'linkedin', title: 'LinkedIn', type: 'text' },
  { slug: 'twitter', title: 'Twitter', type: 'text' },
  {
    slug: 'twitter_follower_count',
    title: 'Twitter follower count',
    type: 'number',
    isReadOnly: true,
  },
]

export const companyFigures: readonly AttributeSketch[] = [
  {
    slug: 'estimated_arr_usd',
    title: 'Estimated ARR',
    type: 'select',
    options: ['$0-$1M', '$1M-$10M', '$10M-$50M', '$50M-$250M', '$250M+'],
  },
  { slug: 'funding_raised_usd', title: 'Funding raised', type: 'currency', currency: 'USD' },
  { slug: 'foundation_date', title: 'Foundation date', type: 'date' },
  {
    slug: 'employee_range',
    title: 'Employee range',
    type: 'select',
    options: ['1-10', '11-50', '51-250', '251-1K', '1K-5K', '5K-10K', '10K+'],
  },
]
