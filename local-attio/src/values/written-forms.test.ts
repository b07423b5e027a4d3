// One attribute of every type, written in every form that Attio documents, and read back.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, type TestAttio } from '../for-tests.ts'
import { standard } from '../seed/standard.ts'
import { attributeType, type AttributeType } from '../world/records.ts'

type Form = { readonly written: unknown; readonly read: Readonly<Record<string, unknown>> }

const ben = standard.members.benAtAcme
const benRead = { referenced_actor_type: 'workspace-member', referenced_actor_id: ben }
const nowhere = {
  line_1: null,
  line_2: null,
  line_3: null,
  line_4: null,
  locality: null,
  region: null,
  postcode: null,
  country_code: null,
  latitude: null,
  longitude: null,
}
const address = { ...nowhere, line_1: '1 Loop', locality: 'Cupertino', country_code: 'US' }
const name = { first_name: 'Alan', last_name: 'Turing', full_name: 'Alan Turing' }
const phone = { phone_number: '+12025550147', country_code: 'US' }
const email = {
  original_email_address: 'Alan@Hooli.example',
  email_address: 'alan@hooli.example',
  email_domain: 'hooli.example',
  email_local_specifier: 'alan',
}

/** Returns the forms of a type whose long form is `{ value }`. */
function plain(...pairs: readonly (readonly [written: unknown, read: unknown])[]): Form[] {
  return pairs.flatMap(([written, value]) => [
    { written, read: { value } },
    { written: { value: written }, read: { value } },
    { written: [{ value: written }], read: { value } },
  ])
}

/** The forms of every type but references, whose ids depend on the world. */
const forms: Readonly<Record<Exclude<AttributeType, Special>, readonly Form[]>> = {
  text: plain(['x', 'x']),
  number: plain([4.5, 4.5], ['17.25', 17.25]),
  checkbox: plain([true, true], ['false', false]),
  date: plain(['2026', '2026-01-01'], ['2026-05', '2026-05-01'], ['2026-05-18', '2026-05-18']),
  timestamp: plain(
    ['2026-05-18', '2026-05-18T00:00:00.000000000Z'],
    ['2026-05-18T15:00:00+02:00', '2026-05-18T13:00:00.000000000Z'],
    ['2026-05-18T15:00:00.123456789Z', '2026-05-18T15:00:00.123456789Z'],
  ),
  rating: plain([3, 3]),
  currency: [
    { written: 99, read: { currency_value: 99, currency_code: 'USD' } },
    { written: '4.99', read: { currency_value: 4.99 } },
    { written: { currency_value: 5.00009 }, read: { currency_value: 5.0001 } },
  ],
  'actor-reference': [
    { written: standard.people.ben.emailAddress, read: benRead },
    { written: { workspace_member_email_address: 'ben@acme.example' }, read: benRead },
    { written: benRead, read: benRead },
  ],
  location: [
    { written: address, read: address },
    { written: '1 Loop, Cupertino', read: { ...nowhere, line_1: '1 Loop, Cupertino' } },
  ],
  domain: [
    { written: ['App.Attio.example'], read: { domain: 'app.attio.example' } },
    { written: [{ domain: 'my_shop.example' }], read: { root_domain: 'my_shop.example' } },
    ...['_dmarc.attio.example', 'a__b.example', 'пример.рф', 'पैसा.भारत', 'shop.xn--p1ai'].map(
      (domain) => ({ written: [domain], read: { domain } }),
    ),
  ],
  'email-address': [
    { written: ['Alan@Hooli.example'], read: email },
    { written: [{ email_address: 'Alan@Hooli.example' }], read: email },
  ],
  'phone-number': [
    { written: ['+1 202 555 0147'], read: phone },
    { written: [{ original_phone_number: '+1 202 555 0147' }], read: phone },
    { written: [{ original_phone_number: '(202) 555-0147', country_code: 'US' }], read: phone },
    {
      written: [{ original_phone_number: '(416) 555-0100', country_code: 'CA' }],
      read: { phone_number: '+14165550100', country_code: 'CA' },
    },
  ],
  'personal-name': [
    { written: 'Turing, Alan', read: name },
    { written: name, read: name },
    { written: [name], read: name },
  ],
}

/** Read-only in every object, or tested with ids of the world below. */
type Special = 'interaction' | 'record-reference' | 'select' | 'status'

/** The attribute of a standard object that has the type, or a new one of robots. */
async function attributeOf(attio: TestAttio, type: AttributeType): Promise<[string, string]> {
  const existing: Readonly<Partial<Record<AttributeType, [string, string]>>> = {
    domain: ['companies', 'domains'],
    'email-address': ['people', 'email_addresses'],
    'phone-number': ['people', 'phone_numbers'],
    'personal-name': ['people', 'name'],
  }
  const found = existing[type]
  if (found) return found
  const data = { title: type, description: null, api_slug: 'written', type, config: {} }
  const flags = { is_required: false, is_unique: false, is_multiselect: false }
  const body = { data: { ...data, ...flags } }
  assert.equal((await attio.call('POST', '/v2/objects/robots/attributes', body)).status, 200)
  return ['robots', 'written']
}

const record = z.object({
  data: z.object({
    id: z.object({ record_id: z.string() }),
    values: z.record(z.string(), z.array(z.looseObject({ attribute_type: z.string() }))),
  }),
})

/** Writes a value to a new record, and reads the record again. */
async function writeAndRead(attio: TestAttio, [object, slug]: [string, string], written: unknown) {
  const path = `/v2/objects/${object}/records`
  const created = await attio.call('POST', path, { data: { values: { [slug]: written } } })
  assert.equal(created.status, 200, JSON.stringify([written, created.body]))
  const id = created.as(record).data.id.record_id
  const read = (await attio.call('GET', `${path}/${id}`)).as(record).data.values[slug] ?? []
  assert.equal(read.length, 1)
  return read[0]
}

suite('a value of every type is read back from every form in which it is written', () => {
  for (const type of attributeType.options) {
    if (!isPlain(type)) continue
    test(type, async () => {
      for (const { written, read } of forms[type]) {
        const attio = createTestAttio()
        const value = await writeAndRead(attio, await attributeOf(attio, type), written)
        assert.equal(value?.attribute_type, type)
        assert.deepEqual({ ...value, ...read }, value, JSON.stringify(written))
      }
    })
  }

  test('select and status, by title and by id', async () => {
    for (const [object, slug, member] of [
      ['companies', 'categories', 'option'],
      ['deals', 'stage', 'status'],
    ] as const) {
      const { control } = createTestAttio()
      const attribute = control.world.attributes.find(
        (one) => one.slug === slug && one.workspaceId === standard.workspaces.acme.id,
      )
      const option = control.world.optionsOf(attribute?.id ?? '')[1]
      for (const named of [option?.title, option?.id]) {
        for (const written of [named, { [member]: named }]) {
          const attio = createTestAttio()
          const rest = object === 'deals' ? { name: 'x', owner: 'ben@acme.example' } : {}
          const values = { ...rest, [slug]: [written] }
          const answer = await attio.call('POST', `/v2/objects/${object}/records`, {
            data: { values },
          })
          const value = answer.as(record).data.values[slug]?.[0]?.[member]
          assert.equal(z.object({ title: z.string() }).parse(value).title, option?.title)
        }
      }
    }
  })

  test('record-reference, by id, by value, by text and by target_record_reference', async () => {
    const companies = createTestAttio().control.world.objects.find(
      (object) => object.slug === 'companies',
    )
    const [initech] = createTestAttio().control.world.recordsOf(companies?.id ?? '')
    const target_object = 'companies'
    const match = { domains: 'initech.example' }
    for (const written of [
      'initech.example',
      { target_object, target_record_id: initech?.id },
      { target_object, domains: [{ domain: 'initech.example' }] },
      { target_object, domains: ['initech.example'] },
      { target_object, target_record_reference: { match } },
      [{ target_object: companies?.id, target_record_id: initech?.id }],
    ]) {
      const value = await writeAndRead(createTestAttio(), ['people', 'company'], written)
      assert.deepEqual(
        [value?.['target_object'], value?.['target_record_id']],
        ['companies', initech?.id],
      )
    }
  })

  test('interaction, which only Attio writes', async () => {
    const attio = createTestAttio()
    const values = { last_interaction: [] }
    const answer = await attio.call('POST', '/v2/objects/people/records', { data: { values } })
    assert.equal(answer.status, 400)
  })
})

suite('a value object that Attio closes refuses an unknown member, an open one ignores it', () => {
  const open = new Set<AttributeType>(['domain', 'email-address', 'personal-name', 'phone-number'])
  for (const type of attributeType.options) {
    if (!isPlain(type)) continue
    test(type, async () => {
      const attio = createTestAttio()
      const [object, slug] = await attributeOf(attio, type)
      const long = forms[type].map(({ written }) =>
        z.looseObject({}).safeParse([written].flat()[0]),
      )
      const written = long.find((one) => one.success)?.data
      assert.ok(written)
      const values = { [slug]: [{ ...written, unknown_member: 1 }] }
      const answer = await attio.call('POST', `/v2/objects/${object}/records`, { data: { values } })
      assert.equal(answer.status, open.has(type) ? 200 : 400)
      assert.deepEqual(
        attio.control.journal.entries().at(-1)?.ignoredMembers,
        open.has(type) ? [`values.${slug}.unknown_member`] : [],
      )
    })
  }
})

test('an option, a status and a reference by id refuse an unknown member', async () => {
  const attio = createTestAttio()
  const { world } = attio.control
  const object = world.objects.find((one) => one.slug === 'companies')
  const target_record_id = world.recordsOf(object?.id ?? '')[0]?.id
  const deal = { name: 'x', stage: 'Lead', owner: 'ben@acme.example' }
  for (const [parent, rest, slug, value] of [
    ['companies', {}, 'categories', { option: 'Research' }],
    ['deals', deal, 'stage', { status: 'Lead' }],
    ['people', {}, 'company', { target_object: 'companies', target_record_id }],
  ] as const) {
    for (const [unknown, status] of [
      [{}, 200],
      [{ unknown_member: 1 }, 400],
    ] as const) {
      const values = { ...rest, [slug]: [{ ...value, ...unknown }] }
      const path = `/v2/objects/${parent}/records`
      assert.equal((await attio.call('POST', path, { data: { values } })).status, status, slug)
    }
  }
})

suite('a value that no form allows is refused', () => {
  for (const [object, slug, value] of [
    ['companies', 'domains', 'under_score'],
    ['companies', 'domains', 'attio.c_m'],
    ['companies', 'domains', '-attio.example'],
    ['companies', 'domains', 'https://attio.example/'],
    ['people', 'primary_location', { ...nowhere, country_code: 'ZZ' }],
    ['people', 'phone_numbers', { original_phone_number: '+12025550147', country_code: 'ZZ' }],
  ] as const) {
    test(`${object}.${slug}: ${JSON.stringify(value)}`, async () => {
      const body = { data: { values: { [slug]: [value] } } }
      const { status } = await createTestAttio().call('POST', `/v2/objects/${object}/records`, body)
      assert.equal(status, 400)
    })
  }
})

function isPlain(type: AttributeType): type is Exclude<AttributeType, Special> {
  return Object.hasOwn(forms, type)
}
