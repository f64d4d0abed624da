/** Where work can go: the queues, then the people who work here. */
import type { Input } from '@curbstop/kernel/endpoint'
import { asId } from '@curbstop/kernel/ids'
import { desk, staff } from '@curbstop/server/contract/staff'
import type { Choice } from '@curbstop/ui'
import { useAsk } from '../shell/ask.ts'
import { useMay, useMe } from '../shell/session.ts'
import { useWords } from '../shell/words.ts'

type Destination = Input<typeof desk.createTask>['to']
type Queue = Extract<Destination, { queue: unknown }>['queue']

export function useDestinations(options: { withMe: boolean }): readonly Choice[] {
  const t = useWords('desk')
  const me = useMe()
  const counts = useAsk(desk.countWork, {})
  const people = useAsk(staff.listPeople, { show: 'working' }, { enabled: useMay('staff.see') })
  return [
    ...(options.withMe ? [{ id: `person:${me.personId}`, label: t('dialog.me', { name: me.name }) }] : []),
    ...(counts.data?.queues ?? []).map(one => ({
      id: `queue:${one.queue}`,
      label: t('dialog.queueOption', { name: one.name }),
    })),
    ...(people.data ?? [])
      .filter(one => one.personId !== me.personId)
      .map(one => ({ id: `person:${one.personId}`, label: one.name })),
  ]
}

export function destinationOf(id: string): Destination {
  const [what, which] = id.split(':') as [string, string]
  return what === 'queue' ? { queue: which as Queue } : { personId: asId<'person'>(which) }
}
