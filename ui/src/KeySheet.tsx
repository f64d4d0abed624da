import { Dialog } from './Dialog.tsx'
import { Kbd } from './Kbd.tsx'
import type { KeyBinding } from './keymap.ts'
import { useStrings } from './UiProvider.tsx'

export type KeySheetProps = { isOpen: boolean; onClose: () => void; bindings: readonly KeyBinding[] }

/** `?`: every key, by section, in the order they were given. */
export function KeySheet({ isOpen, onClose, bindings }: KeySheetProps) {
  const strings = useStrings()
  const sections = Map.groupBy(bindings, binding => binding.section)
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={strings.keySheet.title} size="wide">
      <div className="cs-keysheet">
        {[...sections].map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(binding => (
                <div key={binding.id} className="cs-keysheet-row">
                  <dt>{binding.does}</dt>
                  <dd>
                    <Kbd keys={binding.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
