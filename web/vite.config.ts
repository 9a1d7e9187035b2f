import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the development server finds a running Muster. */
const server = process.env['MUSTER_PUBLIC_URL'] ?? 'http://127.0.0.1:8700';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    // No `data:` addresses: the Content-Security-Policy of the server names `self` only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: Object.fromEntries(
      ['/muster.v1.', '/uploads', '/files/', '/instance.json'].map((path) => [
        path,
        // The server compares the header `origin` with its own address.
        { target: server, changeOrigin: true, headers: { origin: server } },
      ]),
    ),
  },
});
