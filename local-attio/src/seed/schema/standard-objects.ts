// The objects that every new workspace has here, with the attributes that Attio's recordings show.
import { companyFigures, connection, interactions, socialLinks } from './enriched-attributes.ts'
import type { Schema } from './schema.ts'
import type { AttributeSketch } from './sketches.ts'

export function addStandardObjects(schema: Schema): void {
  schema.addObject('companies', ['Company', 'Companies'], companies)
  schema.addObject('people', ['Person', 'People'], people)
  schema.addObject('deals', ['Deal', 'Deals'], deals)
  schema.relate('people', 'company', { slug: 'team', title: 'Team', isMultiselect: true })
  const reverse = { slug: 'associated_deals', title: 'Associated deals', isMultiselect: true }
  schema.relate('deals', 'associated_people', reverse)
  schema.relate('deals', 'associated_company', reverse)
}

const location = { slug: 'primary_location', title: 'Primary location', type: 'location' } as const

const companies: readonly AttributeSketch[] = [
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
  location,
  { slug: 'logo_url', title: 'Logo URL', type: 'text', isReadOnly: true },
  ...socialLinks,
  ...companyFigures,
  ...interactions,
  ...connection,
]

const people: readonly AttributeSketch[] = [
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
  location,
  { slug: 'avatar_url', title: 'Avatar URL', type: 'text', isReadOnly: true },
  ...socialLinks,
  ...interactions,
  ...connection,
]

const deals: readonly AttributeSketch[] = [
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
]
