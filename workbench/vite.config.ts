import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Compressed twins beside every text file, so that the server only has to send them. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle() {
      const walk = (folder: string): string[] =>
        readdirSync(folder).flatMap(name => {
          const path = join(folder, name)
          return statSync(path).isDirectory() ? walk(path) : [path]
        })
      for (const path of walk(join(import.meta.dirname, 'dist')).filter(p =>
        /\.(js|css|html|svg)$/.test(p),
      )) {
        const bytes = readFileSync(path)
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
        writeFileSync(
          `${path}.br`,
          brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
        )
      }
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    // The server compares a request's origin with the host it was asked by: the proxy must not change it.
    proxy: {
      '/api': { target: process.env.CURBSTOP_SERVER ?? 'http://127.0.0.1:8080', changeOrigin: false },
    },
  },
})
