// Values that Attio writes by itself, for the records of the seed.
import { timestamp } from '../timestamps.ts'
import type { SeedWorkspace } from './grow-workspace.ts'
import type { Contents } from './schema/sketches.ts'
import { standard } from './standard.ts'

const dayMs = 86_400_000

/** Returns the interactions of a record: e-mails, a meeting a week ago and one next week. */
export function interactionValues(at: number): Contents {
  const interaction = (type: 'email' | 'meeting', days: number) => [
    {
      interaction_type: type,
      interacted_at: timestamp(at + days * dayMs),
      owner_actor: { type: 'workspace-member', id: standard.members.adaAtAcme },
    },
  ]
  return {
    first_email_interaction: interaction('email', -50),
    last_email_interaction: interaction('email', -3),
    first_calendar_interaction: interaction('meeting', -30),
    last_calendar_interaction: interaction('meeting', -7),
    next_calendar_interaction: interaction('meeting', 7),
    first_interaction: interaction('email', -50),
    last_interaction: interaction('email', -3),
    next_interaction: interaction('meeting', 7),
  }
}

export function connectionValues(
  schema: SeedWorkspace,
  object: string,
  strength: string,
): Contents {
  const optionId = schema.optionId(object, 'strongest_connection_strength', strength)
  return {
    strongest_connection_strength: [{ option_id: optionId }],
    strongest_connection_strength_legacy: [{ value: 72.5 }],
    strongest_connection_user: [
      {
        referenced_actor_type: 'workspace-member',
        referenced_actor_id: standard.members.adaAtAcme,
      },
    ],
  }
}

/** Returns the values that Attio's own data has about a company. */
export function companyValues(schema: SeedWorkspace): Contents {
  const option = (slug: string, title: string) => [
    { option_id: schema.optionId('companies', slug, title) },
  ]
  return {
    logo_url: [{ value: 'https://logos.example/initech.png' }],
    linkedin: [{ value: 'https://linkedin.com/company/initech' }],
    twitter: [{ value: 'https://twitter.com/initech' }],
    twitter_follower_count: [{ value: 1204 }],
    estimated_arr_usd: option('estimated_arr_usd', '$10M-$50M'),
    employee_range: option('employee_range', '251-1K'),
    funding_raised_usd: [{ currency_value: 12_500_000, currency_code: 'USD' }],
    foundation_date: [{ value: '1998-02-01' }],
    primary_location: [
      {
        line_1: '4120 Freidrich Lane',
        line_2: null,
        line_3: null,
        line_4: null,
        locality: 'Austin',
        region: 'TX',
        postcode: '78744',
        country_code: 'US',
        latitude: '30.2059',
        longitude: '-97.7519',
      },
    ],
  }
}
