import { useState } from 'react'
import {
  Button,
  CommandPalette,
  ConfirmDialog,
  Dialog,
  FactList,
  KeySheet,
  Menu,
  Money,
  Section,
  SidePanel,
  useToast,
} from '../src/index.ts'
import { FieldsPart } from './FieldsPart.tsx'

const bindings = [
  ['/', 'Search', 'Everywhere'],
  ['?', 'All keys', 'Everywhere'],
  ['Ctrl+K', 'Commands', 'Everywhere'],
  ['g b', 'Go to bills', 'Go'],
  ['g t', 'Go to tasks', 'Go'],
  ['j', 'Next row', 'Lists'],
  ['k', 'Row before', 'Lists'],
  ['x', 'Select the row', 'Lists'],
  ['c', 'Write the contact', 'Account'],
  ['w', 'What if', 'Account'],
].map(([keys, does, section]) => ({ id: keys!, keys: keys!, does: does!, section: section! }))

/** Everything that opens over the page; `?open=dialog|side|confirm|palette|keys`. */
export function OverlaysPart() {
  const toast = useToast()
  const [open, setOpen] = useState(new URLSearchParams(location.search).get('open'))
  const close = () => setOpen(null)
  return (
    <Section title="Overlays">
      <div className="cs-inline">
        {['dialog', 'side', 'confirm', 'palette', 'keys'].map(name => (
          <Button key={name} onPress={() => setOpen(name)}>
            {name}
          </Button>
        ))}
        <Button onPress={() => toast.show({ text: 'Order 88 sent to dispatch.', undo: { run: () => {} } })}>
          toast
        </Button>
        <Menu
          label="More"
          items={[
            { id: 'a', label: 'Print', kbd: 'p', run: () => {} },
            { id: 'b', label: 'Stop service', danger: true, run: () => {} },
            {
              id: 'c',
              label: 'Write off',
              disabledReason: 'Only a Supervisor may (COL-040).',
              run: () => {},
            },
          ]}
        />
      </div>
      <Dialog
        isOpen={open === 'dialog'}
        onClose={close}
        title="Send a leak check"
        footer={<Button variant="primary">Send the order</Button>}
      >
        <FieldsPart />
      </Dialog>
      <SidePanel isOpen={open === 'side'} onClose={close} title="Bill 24">
        <FactList lined facts={[{ label: 'Water', value: <Money cents={17115n} /> }]} />
      </SidePanel>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        onClose={close}
        title="Stop service at 118 Alder Court?"
        confirmLabel="Stop service"
        danger
        onConfirm={() => {}}
      >
        The meter is read and closed on Dec 4; a final bill follows within 5 days.
      </ConfirmDialog>
      <CommandPalette
        isOpen={open === 'palette'}
        onClose={close}
        commands={bindings.map(binding => ({ ...binding, title: binding.does, run: () => {} }))}
      />
      <KeySheet isOpen={open === 'keys'} onClose={close} bindings={bindings} />
    </Section>
  )
}
