import { staff } from '@curbstop/server/contract/staff'
import { CheckboxGroup, Select, TextField, useToast } from '@curbstop/ui'
import { useState } from 'react'
import { ActForm } from '../desk/TaskDialogs.tsx'
import { useDo } from '../shell/ask.ts'
import { ReasonDialog } from '../shell/ReasonDialog.tsx'
import { useRefreshArea } from '../shell/refresh-area.ts'
import { useWords } from '../shell/words.ts'
import { HandOver } from './HandOver.tsx'
import type { Person } from './PeoplePage.tsx'
import { type Level, levels, type Role, roles } from './role-words.ts'

export type PersonAct = 'roles' | 'reset' | 'factor' | 'disable' | 'enable'
type OneProps = { person: Person; onClose: () => void }

export function PersonActDialog({ act, ...props }: OneProps & { act: PersonAct }) {
  if (act === 'roles') return <RolesDialog {...props} />
  if (act === 'reset') return <ResetDialog {...props} />
  return <DoorDialog act={act} {...props} />
}

function useDone(onClose: () => void) {
  const toasts = useToast()
  const refresh = useRefreshArea('staff', 'desk')
  return (text: string) => {
    refresh()
    toasts.show({ text })
    onClose()
  }
}

type LevelProps = {
  level: Level | null
  onLevel: (level: Level | null) => void
  chosen: readonly Role[]
  onRoles: (roles: Role[]) => void
}

function LevelAndRoles({ level, onLevel, chosen, onRoles }: LevelProps) {
  const t = useWords('staff')
  return (
    <>
      <Select
        label={t('dialog.level')}
        name="level"
        options={[
          ...levels.map(id => ({ id: id as string, label: t(`level.${id}`) })),
          { id: 'none', label: t('noLevel') },
        ]}
        value={level ?? 'none'}
        onChange={id => onLevel(id === 'none' ? null : (id as Level))}
      />
      <CheckboxGroup
        label={t('dialog.roles')}
        name="roles"
        optional
        inline
        options={roles.map(id => ({ id, label: t(`role.${id}`) }))}
        value={chosen}
        onChange={onRoles}
      />
    </>
  )
}

export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const t = useWords('staff')
  const refresh = useRefreshArea('staff', 'desk')
  const asked = useDo(staff.createPerson)
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [reason, setReason] = useState('')
  const [level, setLevel] = useState<Level | null>('assistant')
  const [chosen, setChosen] = useState<readonly Role[]>([])
  if (asked.data) return <HandOver name={name} {...asked.data} onClose={onClose} />
  const submit = () =>
    asked.mutate({ name, login, level, roles: [...chosen], reason }, { onSuccess: refresh })
  return (
    <ActForm
      title={t('dialog.addTitle')}
      doIt={t('dialog.addDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['name', 'login', 'level', 'roles', 'reason']}
    >
      <TextField label={t('dialog.name')} name="name" value={name} onChange={setName} autoFocus />
      <TextField
        label={t('dialog.login')}
        name="login"
        description={t('dialog.loginHelp')}
        value={login}
        onChange={setLogin}
      />
      <LevelAndRoles level={level} onLevel={setLevel} chosen={chosen} onRoles={setChosen} />
      <TextField
        label={t('dialog.reason')}
        name="reason"
        description={t('dialog.secondHelp')}
        value={reason}
        onChange={setReason}
      />
    </ActForm>
  )
}

function RolesDialog({ person, onClose }: OneProps) {
  const t = useWords('staff')
  const done = useDone(onClose)
  const asked = useDo(staff.changeRoles)
  const [level, setLevel] = useState<Level | null>(person.level)
  const [chosen, setChosen] = useState<readonly Role[]>(roles.filter(one => person.roles.includes(one)))
  const [reason, setReason] = useState('')
  const submit = () =>
    asked.mutate(
      { personId: person.personId, level, roles: [...chosen], reason },
      { onSuccess: row => done(row.waits ? t('dialog.proposed') : t('dialog.rolesDone')) },
    )
  return (
    <ActForm
      title={t('dialog.rolesTitle', { name: person.name })}
      doIt={t('dialog.rolesDo')}
      {...{ onSubmit: submit, onClose, asked }}
      fields={['level', 'roles', 'reason']}
    >
      <LevelAndRoles level={level} onLevel={setLevel} chosen={chosen} onRoles={setChosen} />
      <TextField
        label={t('dialog.reason')}
        name="reason"
        description={t('dialog.secondHelp')}
        value={reason}
        onChange={setReason}
      />
    </ActForm>
  )
}

function ResetDialog({ person, onClose }: OneProps) {
  const t = useWords('staff')
  const refresh = useRefreshArea('staff', 'desk')
  const asked = useDo(staff.resetSignIn)
  const [reason, setReason] = useState('')
  const { personId, name } = person
  if (asked.data) return <HandOver name={name} first={asked.data.first} onClose={onClose} />
  return (
    <ActForm
      title={t('dialog.resetTitle', { name })}
      doIt={t('dialog.resetDo')}
      onSubmit={() => asked.mutate({ personId, reason }, { onSuccess: refresh })}
      {...{ onClose, asked }}
      fields={['reason']}
    >
      <p>{t('dialog.resetHelp', { name })}</p>
      <TextField label={t('dialog.reason')} name="reason" value={reason} onChange={setReason} autoFocus />
    </ActForm>
  )
}

function DoorDialog({ act, person, onClose }: OneProps & { act: 'disable' | 'enable' | 'factor' }) {
  const t = useWords('staff')
  const done = useDone(onClose)
  const disable = useDo(staff.disablePerson)
  const enable = useDo(staff.enablePerson)
  const factor = useDo(staff.takeSecondFactor)
  const { personId, name } = person
  const { mutateAsync } = { disable, enable, factor }[act]
  return (
    <ReasonDialog
      danger={act !== 'enable'}
      title={t(`dialog.${act}Title`, { name })}
      label={t('dialog.reason')}
      missing={t('dialog.reasonMissing')}
      confirmLabel={t(`dialog.${act}Do`)}
      onClose={onClose}
      onConfirm={async reason => {
        const row = await mutateAsync({ personId, reason })
        done(row.waits && act !== 'disable' ? t('dialog.proposed') : t(`dialog.${act}Done`, { name }))
      }}
    >
      <p>{t(`dialog.${act}Help`, { name })}</p>
    </ReasonDialog>
  )
}
