/** Every part of the kit with much data and with none; `vite ui/gallery`. `?page=kit|desk|charts`, `?theme=dark`. */
import { localDate } from '@curbstop/kernel/dates'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ToastProvider, UiProvider } from '../src/index.ts'
import '../src/ui.css'
import { ChartsPage } from './ChartsPage.tsx'
import { DeskPage } from './DeskPage.tsx'
import { KitPage } from './KitPage.tsx'

const query = new URLSearchParams(location.search)
const theme = query.get('theme')
if (theme) document.documentElement.dataset.theme = theme
const pages = { desk: <DeskPage />, kit: <KitPage />, charts: <ChartsPage /> }
const page = pages[(query.get('page') ?? 'desk') as keyof typeof pages]

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <UiProvider today={localDate('2026-11-23')} timeZone="America/Los_Angeles">
      <ToastProvider>{page}</ToastProvider>
    </UiProvider>
  </StrictMode>,
)
