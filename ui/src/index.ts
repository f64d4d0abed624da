/** The design system of the desk: fields, tables, dialogs, charts. It fetches nothing and knows no domain word. */

export { LikelihoodBar, Meter, SplitBar, type SplitPart } from './Bars.tsx'
export { Button, type ButtonProps, IconButton, type IconButtonProps } from './Button.tsx'
export { Calendar } from './Calendar.tsx'
export { Checkbox, CheckboxGroup, type Choice, RadioGroup, SegmentedControl } from './Choices.tsx'
export { ComboBox } from './ComboBox.tsx'
export { type Command, CommandPalette, Marked } from './CommandPalette.tsx'
export { svgText } from './chartExport.ts'
export { classes, type Tone } from './classes.ts'
export { saveText, toCsv } from './csv.ts'
export { DataTable, type DataTableProps, tableCsv } from './DataTable.tsx'
export { DateField } from './DateField.tsx'
export { InstantText, LocalDateText } from './Dates.tsx'
export { ConfirmDialog, Dialog, SidePanel } from './Dialog.tsx'
export { parseDateEntry } from './dateEntry.ts'
export { formatDate, partsAt } from './dateFormat.ts'
export { Alert, type AlertProps, Badge, EmptyState, ProgressBar, Skeleton } from './Feedback.tsx'
export type { FieldProps } from './Field.tsx'
export { type FieldErrors, FieldRow, Form, FormActions } from './Form.tsx'
export { FormDialog, type FormDialogProps } from './FormDialog.tsx'
export {
  Columns,
  Frame,
  type FrameProps,
  phoneWidth,
  type RailItem,
  type StripTab,
  TabStrip,
} from './Frame.tsx'
export { fuzzyFilter, fuzzyMatch } from './fuzzy.ts'
export { Icon, type IconName } from './Icon.tsx'
export { Kbd } from './Kbd.tsx'
export { KeySheet } from './KeySheet.tsx'
export { type KeyBinding, keysOf } from './keymap.ts'
export { Link, LinkButton } from './Link.tsx'
export { Menu, type MenuAction } from './Menu.tsx'
export { Money, type MoneyProps } from './Money.tsx'
export { MoneyField, NumberField } from './NumberField.tsx'
export { formatNumber, Quantity } from './Quantity.tsx'
export { type Fact, FactList, Section } from './Section.tsx'
export { Select } from './Select.tsx'
export { Sparkline } from './Sparkline.tsx'
export { englishStrings, type UiStrings } from './strings.ts'
export { Disclosure, type TabItem, Tabs } from './Tabs.tsx'
export { SearchField, TextArea, TextField } from './TextField.tsx'
export { ToastProvider, useToast } from './Toast.tsx'
export { Tooltip } from './Tooltip.tsx'
export type { Column, Sort } from './tableTypes.ts'
export { UiProvider, type UiSettings, useStrings, useUi } from './UiProvider.tsx'
export { UsageChart, type UsageChartProps } from './UsageChart.tsx'
export type { PaymentMark, UsageEvent, UsagePoint } from './usageLayout.ts'
export { useActiveOption } from './useActiveOption.ts'
export { WaterfallChart, type WaterfallProps, type WaterfallStep } from './WaterfallChart.tsx'
