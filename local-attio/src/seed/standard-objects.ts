// The objects that every workspace of Attio begins with, as far as its recordings show them.
import type { Schema } from './schema.ts'

export function addStandardObjects(schema: Schema): void {
  schema.addObject(
    'companies',
    ['Company', 'Companies'],
    [
      { slug: 'domains', title: 'Domains', type: 'domain', isUnique: true, isMultiselect: true },
      { slug: 'name', title: 'Name', type: 'text' },
      { slug: 'description', title: 'Description', type: 'text' },
      {
        slug: 'categories',
        title: 'Categories',
        type: 'select',
        isMultiselect: true,
        options: ['Automation', 'Logistics', 'Research'],
      },
      { slug: 'primary_location', title: 'Primary location', type: 'location' },
    ],
  )
  schema.addObject(
    'people',
    ['Person', 'People'],
    [
      { slug: 'name', title: 'Name', type: 'personal-name' },
      {
        slug: 'email_addresses',
        title: 'Email addresses',
        type: 'email-address',
        isUnique: true,
        isMultiselect: true,
      },
      { slug: 'description', title: 'Description', type: 'text' },
      { slug: 'company', title: 'Company', type: 'record-reference', refersTo: 'companies' },
      { slug: 'job_title', title: 'Job title', type: 'text' },
      { slug: 'phone_numbers', title: 'Phone numbers', type: 'phone-number', isMultiselect: true },
    ],
  )
  schema.addObject(
    'deals',
    ['Deal', 'Deals'],
    [
      { slug: 'name', title: 'Deal name', type: 'text', isRequired: true },
      {
        slug: 'stage',
        title: 'Deal stage',
        type: 'status',
        isRequired: true,
        options: ['Lead', 'In Progress', 'Won 🎉', 'Lost'],
      },
      { slug: 'owner', title: 'Deal owner', type: 'actor-reference', isRequired: true },
      { slug: 'value', title: 'Deal value', type: 'currency', currency: 'USD' },
      {
        slug: 'associated_people',
        title: 'Associated people',
        type: 'record-reference',
        refersTo: 'people',
        isMultiselect: true,
      },
      {
        slug: 'associated_company',
        title: 'Associated company',
        type: 'record-reference',
        refersTo: 'companies',
      },
    ],
  )
  schema.relate('people', 'company', { slug: 'team', title: 'Team', isMultiselect: true })
  const deals = { slug: 'associated_deals', title: 'Associated deals', isMultiselect: true }
  schema.relate('deals', 'associated_people', deals)
  schema.relate('deals', 'associated_company', deals)
}
