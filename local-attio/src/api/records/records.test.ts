import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, type Answer, type TestAttio } from '../../for-tests.ts'
import { standard } from '../../seed/standard.ts'

const value = z.looseObject({ active_until: z.string().nullable(), attribute_type: z.string() })
const record = z.object({
  id: z.object({ record_id: z.string() }),
  web_url: z.string(),
  values: z.record(z.string(), z.array(value)),
})
const one = z.object({ data: record })
const many = z.object({ data: z.array(record) })
const problem = z.object({ code: z.string(), message: z.string() })

const path = (object: string, rest = ''): string => `/v2/objects/${object}/records${rest}`

function query(attio: TestAttio, object: string, body: unknown): Promise<Answer> {
  return attio.call('POST', path(object, '/query'), body)
}

/** Returns one member of an attribute's first value, for each record of an answer. */
function firsts(answer: Answer, slug: string, member: string): unknown[] {
  return answer.as(many).data.map((each) => each.values[slug]?.[0]?.[member])
}

async function idOf(attio: TestAttio, object: string, filter: unknown): Promise<string> {
  const answer = await query(attio, object, { filter })
  return answer.as(many).data[0]?.id.record_id ?? ''
}

suite('record filters', () => {
  const attio = createTestAttio()
  const names = async (filter: unknown) =>
    firsts(await query(attio, 'people', { filter }), 'name', 'full_name')

  const grace = 'Grace Hopper'
  const edsger = 'Edsger Dijkstra'
  const cases: readonly (readonly [title: string, filter: unknown, expected: readonly string[]])[] =
    [
      ['shorthand', { name: grace }, [grace]],
      ['two attributes are both meant', { name: grace, email_addresses: 'x@y.example' }, []],
      ['verbose', { name: { full_name: { $eq: grace } } }, [grace]],
      ['a field without an operator', { name: { first_name: 'Edsger' } }, [edsger]],
      ['$contains, in another case', { name: { full_name: { $contains: 'HOP' } } }, [grace]],
      ['$starts_with and $ends_with', { name: { $starts_with: 'gr', $ends_with: 'per' } }, [grace]],
      ['$in', { name: { $in: [grace, edsger] } }, [grace, edsger]],
      ['$or', { $or: [{ name: grace }, { name: edsger }] }, [grace, edsger]],
      [
        '$and with $not',
        {
          $and: [
            { email_addresses: { email_domain: 'hooli.example' } },
            { $not: { name: { $not_empty: false } } },
          ],
        },
        [edsger],
      ],
      ['by phone', { phone_numbers: { country_code: 'US' } }, [grace]],
      [
        'by what a reference leads to',
        {
          path: [
            ['people', 'company'],
            ['companies', 'name'],
          ],
          constraints: { value: 'Initech' },
        },
        [grace],
      ],
      ['nothing', {}, [grace, edsger, 'نور الهاشمي', "Zoë 🌻 O'Neill-Ångström"]],
    ]
  for (const [title, filter, expected] of cases) {
    test(title, async () => {
      assert.deepEqual((await names(filter)).filter(Boolean), expected)
    })
  }

  test('records are filtered by many ids at once', async () => {
    const ids = (await query(attio, 'people', {})).as(many).data.map((each) => each.id.record_id)
    const some = ids.slice(1, 3)
    const answer = await query(attio, 'people', { filter: { record_id: { $in: some } } })
    assert.deepEqual(
      answer.as(many).data.map((each) => each.id.record_id),
      some,
    )
  })

  test('records are filtered by choice, amount, member, rating and date', async () => {
    const count = async (object: string, filter: unknown) =>
      (await query(attio, object, { filter })).as(many).data.length
    assert.equal(await count('companies', { categories: 'Automation' }), 1)
    assert.equal(await count('deals', { stage: 'In Progress' }), 1)
    assert.equal(await count('deals', { $not: { stage: 'In Progress' } }), 1)
    assert.equal(await count('deals', { value: { $gt: 500 } }), 1)
    assert.equal(await count('deals', { value: '480000' }), 1)
    const owner = (id: string) => ({
      owner: { referenced_actor_type: 'workspace-member', referenced_actor_id: id },
    })
    assert.equal(await count('deals', owner(standard.members.benAtAcme)), 1)
    assert.equal(await count('robots', { condition: { $gte: 3 } }), 1)
    assert.equal(await count('robots', { is_retired: false }), 2)
    assert.equal(await count('robots', { created_at: { $lt: '2026-01-01T00:00:00Z' } }), 0)
    assert.equal(await count('robots', { created_at: { $gte: '2026-01-01T00:00:00Z' } }), 2)
  })

  test('a malformed filter is a filter error and never matches everything', async () => {
    for (const filter of [
      { nonsense: 'x' },
      { name: { $like: 'x' } },
      { name: { middle_name: 'x' } },
      { $and: { name: 'x' } },
      { name: { $in: 'x' } },
      { name: { $contains: 5 } },
      { path: [['companies', 'name']], constraints: { value: 'x' } },
      { path: [], constraints: {} },
      { name: { constructor: 'x' } },
      { toString: 'x' },
    ]) {
      const answer = await query(attio, 'people', { filter })
      assert.equal(answer.status, 400, JSON.stringify(filter))
      assert.equal(answer.as(problem).code, 'filter_error')
    }
  })
})

suite('record sorts', () => {
  const attio = createTestAttio()
  const order = async (sorts: unknown) =>
    firsts(await query(attio, 'people', { sorts }), 'name', 'last_name').filter(Boolean)

  test('records are sorted by a field of a value, ascending or descending', async () => {
    const up = await order([{ direction: 'asc', attribute: 'name', field: 'last_name' }])
    assert.equal(up[0], 'Dijkstra')
    const down = await order([{ direction: 'desc', attribute: 'name', field: 'last_name' }])
    assert.deepEqual(down, up.toReversed())
  })

  test('records are sorted by an attribute of the referenced record', async () => {
    const names = await order([
      {
        direction: 'asc',
        path: [
          ['people', 'company'],
          ['companies', 'name'],
        ],
      },
    ])
    assert.deepEqual(names.slice(0, 2), ['Dijkstra', 'Hopper'])
  })

  test('sorts by an unknown attribute, field or direction are refused', async () => {
    for (const sorts of [
      [{ direction: 'up', attribute: 'name' }],
      [{ direction: 'asc' }],
      [{ direction: 'asc', attribute: 'nope' }],
      [{ direction: 'asc', attribute: 'name', field: 'nope' }],
    ]) {
      assert.equal((await query(attio, 'people', { sorts })).status, 400)
    }
  })
})

test('a person created from short values has every derived member', async () => {
  const attio = createTestAttio()
  const values = {
    name: 'Turing, Alan',
    email_addresses: ['Alan@Mail.Hooli.example'],
    phone_numbers: [{ original_phone_number: '020 7946 0958', country_code: 'GB' }],
    company: 'hooli.example',
  }
  const { data } = (await attio.call('POST', path('people'), { data: { values } })).as(one)
  assert.equal(data.values['name']?.[0]?.['full_name'], 'Alan Turing')
  assert.equal(data.values['email_addresses']?.[0]?.['email_address'], 'alan@mail.hooli.example')
  assert.equal(data.values['email_addresses']?.[0]?.['email_root_domain'], 'hooli.example')
  assert.equal(data.values['phone_numbers']?.[0]?.['phone_number'], '+442079460958')
  assert.equal(data.values['company']?.[0]?.['target_object'], 'companies')
  assert.match(data.web_url, /\/acme\/person\//)
})

test('a value that does not fit its attribute is refused with the attribute’s name', async () => {
  const attio = createTestAttio()
  const create = async (object: string, values: unknown) =>
    (await attio.call('POST', path(object), { data: { values } })).as(problem)
  const cases: readonly (readonly [object: string, values: unknown, code: string])[] = [
    ['people', { nope: 'x' }, 'value_not_found'],
    ['people', { email_addresses: ['nobody'] }, 'validation_type'],
    ['people', { email_addresses: 'a@b.example' }, 'validation_type'],
    ['people', { name: { first_name: 'x' } }, 'validation_type'],
    ['people', { job_title: ['a', 'b'] }, 'validation_type'],
    ['people', { phone_numbers: ['123'] }, 'validation_type'],
    ['people', { company: 'nobody.example' }, 'value_not_found'],
    ['people', { record_id: 'x' }, 'immutable_value'],
    ['people', { email_addresses: ['grace@initech.example'] }, 'uniqueness_conflict'],
    ['companies', { categories: ['Nope'] }, 'value_not_found'],
    ['robots', { condition: 6 }, 'validation_type'],
    ['robots', { is_retired: 'perhaps' }, 'validation_type'],
    ['deals', { name: 'No stage' }, 'missing_value'],
    ['deals', { name: 'x', owner: 'nobody@acme.example', stage: 'Lead' }, 'value_not_found'],
  ]
  for (const [object, values, code] of cases) {
    assert.equal((await create(object, values)).code, code, JSON.stringify(values))
  }
})

test('PATCH puts new values first, PUT keeps only the new ones', async () => {
  const attio = createTestAttio()
  const id = await idOf(attio, 'people', { name: 'Grace Hopper' })
  const numbers = async (method: string, phone_numbers: unknown) => {
    const answer = await attio.call(method, path('people', `/${id}`), {
      data: { values: { phone_numbers } },
    })
    return answer.as(one).data.values['phone_numbers']?.map((each) => each['phone_number'])
  }
  assert.deepEqual(await numbers('PATCH', ['+442079460958']), ['+442079460958', '+12025550147'])
  assert.deepEqual(await numbers('PATCH', ['+12025550147']), ['+442079460958', '+12025550147'])
  assert.deepEqual(await numbers('PUT', ['+493012345678']), ['+493012345678'])
  assert.deepEqual(await numbers('PUT', []), [])
})

test('past values are kept with the instants of their beginning and end', async () => {
  const attio = createTestAttio()
  const id = await idOf(attio, 'people', { name: 'Grace Hopper' })
  await attio.control.clock.advance(1000)
  await attio.call('PATCH', path('people', `/${id}`), {
    data: { values: { job_title: 'Admiral' } },
  })
  const titles = async (historic: boolean) => {
    const query = `?show_historic=${historic}`
    const answer = await attio.call(
      'GET',
      path('people', `/${id}/attributes/job_title/values${query}`),
    )
    return answer.as(z.object({ data: z.array(value) })).data
  }
  assert.deepEqual(
    (await titles(false)).map((each) => each['value']),
    ['Admiral'],
  )
  const [before, after] = await titles(true)
  assert.equal(before?.['value'], 'Head of Compilers')
  assert.equal(before?.active_until, after?.['active_from'])
})

test('a relationship has the same values at both ends', async () => {
  const attio = createTestAttio()
  const grace = await idOf(attio, 'people', { name: 'Grace Hopper' })
  const team = async (company: string) => {
    const answer = await query(attio, 'companies', { filter: { name: company } })
    return answer.as(many).data[0]?.values['team']?.map((each) => each['target_record_id'])
  }
  assert.deepEqual(await team('Initech'), [grace])
  const values = { company: 'hooli.example' }
  await attio.call('PATCH', path('people', `/${grace}`), { data: { values } })
  assert.deepEqual(await team('Initech'), [])
  assert.ok((await team('Hooli'))?.includes(grace))
  const initech = await idOf(attio, 'companies', { name: 'Initech' })
  await attio.call('PATCH', path('companies', `/${initech}`), {
    data: { values: { team: [{ target_object: 'people', target_record_id: grace }] } },
  })
  assert.deepEqual(await team('Initech'), [grace])
  assert.equal((await team('Hooli'))?.includes(grace), false)
})

test('an assert updates the matching record, or creates one', async () => {
  const attio = createTestAttio()
  const assertPerson = (values: unknown, attribute = 'email_addresses') =>
    attio.call('PUT', path('people', `?matching_attribute=${attribute}`), { data: { values } })
  const grace = await idOf(attio, 'people', { name: 'Grace Hopper' })
  const updated = (
    await assertPerson({
      email_addresses: ['GRACE@initech.example', 'g@navy.example'],
      job_title: 'Admiral',
    })
  ).as(one).data
  assert.equal(updated.id.record_id, grace)
  assert.equal(updated.values['email_addresses']?.length, 2)
  assert.equal(updated.values['job_title']?.[0]?.['value'], 'Admiral')
  const fresh = (await assertPerson({ email_addresses: ['alan@navy.example'] })).as(one).data
  assert.notEqual(fresh.id.record_id, grace)
  const both = { email_addresses: ['alan@navy.example', 'g@navy.example'] }
  assert.equal((await assertPerson(both)).as(problem).code, 'multiple_match_results')
  assert.equal((await assertPerson({ job_title: 'x' })).as(problem).code, 'missing_value')
  assert.equal((await assertPerson(both, 'job_title')).status, 400)
  assert.equal((await assertPerson(both, 'nope')).as(problem).code, 'value_not_found')
})

test('deleting a record deletes its links, references, entries, notes and comments', async () => {
  const attio = createTestAttio()
  const { world } = attio.control
  const initech = await idOf(attio, 'companies', { name: 'Initech' })
  assert.deepEqual((await attio.call('DELETE', path('companies', `/${initech}`))).body, {})
  assert.equal((await attio.call('GET', path('companies', `/${initech}`))).status, 404)
  const saved = JSON.stringify({
    tasks: world.tasks.all(),
    entries: world.entries.all(),
    notes: world.notes.all(),
    comments: world.comments.all(),
  })
  assert.equal(saved.includes(initech), false)
  const answer = await query(attio, 'people', { filter: { name: 'Grace Hopper' } })
  assert.deepEqual(answer.as(many).data[0]?.values['company'], [])
})

test('the search finds records of several objects by name, address, domain and number', async () => {
  const attio = createTestAttio()
  const found = z.object({ data: z.array(z.object({ record_text: z.string() })) })
  const search = async (text: string, objects = ['people', 'companies', 'deals', 'robots']) => {
    const body = { query: text, objects, request_as: { type: 'workspace' } }
    const answer = await attio.call('POST', '/v2/objects/records/search', body)
    return answer.as(found).data.map((each) => each.record_text)
  }
  assert.deepEqual(await search('grace'), ['Grace Hopper'])
  assert.deepEqual(await search('initech'), ['Grace Hopper', 'Initech'])
  assert.deepEqual(await search('unnamed@'), ['unnamed@hooli.example'])
  assert.deepEqual(await search('daneel'), ['R. Daneel'])
  assert.deepEqual(await search('welding'), ['Forty welding arms'])
})

test('a deal’s web_url has its own form', async () => {
  const attio = createTestAttio()
  for (const deal of (await query(attio, 'deals', {})).as(many).data) {
    const { pathname } = new URL(deal.web_url)
    assert.equal(pathname, `/acme/deals/record/${deal.id.record_id}`)
  }
})

test('the score of a query without filter and sorts is 0', async () => {
  const attio = createTestAttio()
  const score = async (body: unknown) =>
    (await query(attio, 'people', body)).headers.get('x-attio-record-query-score')
  assert.equal(await score({}), '0')
  assert.notEqual(await score({ filter: { email_addresses: 'grace@initech.example' } }), '0')
})

test('a query over an unknown object has its own 404', async () => {
  const answer = await query(createTestAttio(), 'rockets', {})
  assert.equal(answer.status, 404)
  assert.equal(answer.as(problem).message, 'The referenced object was not found.')
})

suite('a written reference', () => {
  const write = async (attio: TestAttio, company: unknown) =>
    attio.call('POST', path('people'), { data: { values: { company } } })

  const linkedTo = (answer: Answer) => answer.as(one).data.values['company']?.[0]

  test('target_record_reference names one record by one value', async () => {
    const attio = createTestAttio()
    const initech = await idOf(attio, 'companies', { name: 'Initech' })
    for (const match of [{ name: 'Initech' }, { domains: [{ domain: 'initech.example' }] }]) {
      const reference = { target_object: 'companies', target_record_reference: { match } }
      const answer = await write(attio, reference)
      assert.equal(linkedTo(answer)?.['target_record_id'], initech, JSON.stringify(answer.body))
    }
    for (const match of [{}, { name: [] }, { name: 'Initech', description: 'x' }]) {
      const reference = { target_object: 'companies', target_record_reference: { match } }
      assert.equal((await write(attio, reference)).status, 400)
    }
  })

  test('a reference that matches several records is refused unless it says which to take', async () => {
    const attio = createTestAttio()
    const initech = await idOf(attio, 'companies', { name: 'Initech' })
    await attio.call('POST', path('companies'), { data: { values: { name: 'Initech' } } })
    const match = { name: 'Initech' }
    const reference = (choice: object) => ({
      target_object: 'companies',
      target_record_reference: { match, ...choice },
    })
    const refused = await write(attio, reference({}))
    assert.equal(refused.as(problem).code, 'multiple_match_results')
    assert.equal(
      (await write(attio, { target_object: 'companies', name: ['Initech'] })).status,
      400,
    )
    const taken = await write(attio, reference({ if_multiple_matches: 'first' }))
    assert.equal(linkedTo(taken)?.['target_record_id'], initech)
  })

  test('a reference by id refuses other members', async () => {
    const attio = createTestAttio()
    const target_record_id = await idOf(attio, 'companies', { name: 'Initech' })
    const byId = { target_object: 'companies', target_record_id }
    assert.equal((await write(attio, byId)).status, 200)
    assert.equal((await write(attio, { ...byId, unknown_member: 1 })).status, 400)
  })
})

test('a domain may have an underscore, and unknown members of a domain are ignored', async () => {
  const attio = createTestAttio()
  const domains = [{ domain: 'my_shop.example', unknown_member: 1 }]
  const answer = await attio.call('POST', path('companies'), { data: { values: { domains } } })
  assert.equal(answer.as(one).data.values['domains']?.[0]?.['domain'], 'my_shop.example')
  const entry = attio.control.journal.entries().at(-1)
  assert.deepEqual(entry?.ignoredMembers, ['values.domains.unknown_member'])
})
