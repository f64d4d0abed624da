import '@curbstop/ui/ui.css'
import './workbench.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './shell/App.tsx'
import { createQueryClient } from './shell/ask.ts'
import { applyTheme, currentTheme } from './shell/theme.ts'
import { startWords } from './shell/words.ts'

applyTheme(currentTheme())
await startWords()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
