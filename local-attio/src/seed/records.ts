// Companies, people, deals and robots of the standard world.
import { domainContent, emailContent, nameContent } from '../values/contents.ts'
import type { SeedWorkspace } from './grow-workspace.ts'
import type { Contents } from './schema/sketches.ts'
import { companyValues, connectionValues, interactionValues } from './system-values.ts'
import { standard } from './standard.ts'

const dayMs = 86_400_000

export function acmeRecords(schema: SeedWorkspace, at: number): void {
  const born = at - 60 * dayMs
  const initech = schema.addRecord(
    'companies',
    born,
    {
      ...company('Initech', 'initech.example'),
      categories: [{ option_id: schema.optionId('companies', 'categories', 'Automation') }],
    },
    {
      ...companyValues(schema),
      ...interactionValues(at),
      ...connectionValues(schema, 'companies', 'Strong'),
    },
  )
  const hooli = schema.addRecord('companies', born, company('Hooli', 'hooli.example'))
  const umbrella = schema.addRecord('companies', born, company('مظلة للشحن', 'umbrella.example'))
  schema.addRecord('companies', born, company('Stark & <b>Sons</b>', 'stark.example'))
  schema.addRecord('companies', born, { domains: [domainContent('nameless.example')] })

  const worksAt = (recordId: string): Contents => ({
    company: [{ target_object_id: schema.objectId('companies'), target_record_id: recordId }],
  })
  const graceContents = {
    ...person('Grace', 'Hopper', 'grace@initech.example'),
    ...worksAt(initech),
    job_title: [{ value: 'Head of Compilers' }],
    phone_numbers: [
      {
        original_phone_number: '+1 202 555 0147',
        country_code: 'US',
        phone_number: '+12025550147',
      },
    ],
  }
  const grace = schema.addRecord('people', born, graceContents, {
    avatar_url: [{ value: 'https://avatars.example/grace.png' }],
    linkedin: [{ value: 'https://linkedin.com/in/grace-hopper' }],
    ...interactionValues(at),
    ...connectionValues(schema, 'people', 'Very strong'),
  })
  schema.addRecord(
    'people',
    born,
    { ...person('Edsger', 'Dijkstra', 'edsger@hooli.example'), ...worksAt(hooli) },
    { ...interactionValues(at - 2 * dayMs), ...connectionValues(schema, 'people', 'Weak') },
  )
  schema.addRecord('people', born, {
    ...person('نور', 'الهاشمي', 'noor@umbrella.example'),
    ...worksAt(umbrella),
  })
  schema.addRecord('people', born, person('Zoë 🌻', "O'Neill-Ångström", 'zoe@stark.example'))
  // Attio makes people from e-mail addresses alone: without a name.
  schema.addRecord('people', born, { email_addresses: [emailContent('unnamed@hooli.example')] })

  schema.addRecord('deals', born, {
    name: [{ value: 'Forty welding arms' }],
    stage: [{ option_id: schema.optionId('deals', 'stage', 'In Progress') }],
    owner: [
      {
        referenced_actor_type: 'workspace-member',
        referenced_actor_id: standard.members.adaAtAcme,
      },
    ],
    value: [{ currency_value: 480_000, currency_code: 'USD' }],
    associated_people: [{ target_object_id: schema.objectId('people'), target_record_id: grace }],
    associated_company: [
      { target_object_id: schema.objectId('companies'), target_record_id: initech },
    ],
  })
  schema.addRecord('deals', born, {
    name: [{ value: 'Pilot at Hooli' }],
    stage: [{ option_id: schema.optionId('deals', 'stage', 'Lead') }],
    owner: [
      {
        referenced_actor_type: 'workspace-member',
        referenced_actor_id: standard.members.benAtAcme,
      },
    ],
  })

  schema.addRecord('robots', born, robot('Marvin', 'MRV-0001', 2))
  schema.addRecord('robots', born, robot('R. Daneel', 'DNL-0042', 5))
}

export function globexRecords(schema: SeedWorkspace, at: number): void {
  const born = at - 30 * dayMs
  schema.addRecord('companies', born, company('Cypress Creek Energy', 'cypress.example'))
  schema.addRecord('people', born, person('Hank', 'Scorpio', 'hank@cypress.example'))
}

function company(name: string, domain: string): Contents {
  return { domains: [domainContent(domain)], name: [{ value: name }] }
}

function person(firstName: string, lastName: string, address: string): Contents {
  return { name: [nameContent(firstName, lastName)], email_addresses: [emailContent(address)] }
}

function robot(name: string, serialNumber: string, condition: number): Contents {
  return {
    name: [{ value: name }],
    serial_number: [{ value: serialNumber }],
    is_retired: [{ value: false }],
    condition: [{ value: condition }],
  }
}
