/** The people of the sample district: one of every level, and who works beside them. */
export type SamplePerson = {
  personId: bigint
  login: string
  name: string
  level: string | null
  roles: string[]
  what: string
}

export const samplePassword = 'cedar flat sample'

export const samplePeople: readonly SamplePerson[] = [
  {
    personId: 11n,
    login: 'ines',
    name: 'Ines Okafor',
    level: 'assistant',
    roles: [],
    what: 'Assistant, in her second month',
  },
  { personId: 12n, login: 'mchen', name: 'Maya Chen', level: 'advisor', roles: ['cashier'], what: 'Advisor' },
  {
    personId: 13n,
    login: 'tomas',
    name: 'Tomás Rivera',
    level: 'advisor',
    roles: ['cashier', 'reception'],
    what: 'Advisor, speaks Spanish',
  },
  {
    personId: 14n,
    login: 'ruth',
    name: 'Ruth Larsen',
    level: 'senior',
    roles: ['dispatcher'],
    what: 'Senior Advisor',
  },
  {
    personId: 15n,
    login: 'dana',
    name: 'Dana Whitfield',
    level: 'supervisor',
    roles: [],
    what: 'Customer Service Supervisor',
  },
  {
    personId: 16n,
    login: 'joel',
    name: 'Joel Mensah',
    level: null,
    roles: ['csfr'],
    what: 'Field Representative',
  },
  {
    personId: 17n,
    login: 'kay',
    name: 'Kay Brandt',
    level: null,
    roles: ['csfr'],
    what: 'Field Representative',
  },
  {
    personId: 18n,
    login: 'audit',
    name: 'Priya Nair',
    level: null,
    roles: ['auditor'],
    what: 'Auditor: sees all, changes nothing',
  },
  {
    personId: 19n,
    login: 'admin',
    name: 'Sam Ortega',
    level: null,
    roles: ['admin'],
    what: 'System administrator: people, no customers',
  },
]
