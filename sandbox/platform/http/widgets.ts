import { existsSync } from 'node:fs';

import express, { Router } from 'express';

/** Chunks have a hash of eight characters in their name, written with digits or capitals: their content never changes. */
const HASHED = /-(?=[\w-]*[A-Z\d])[\w-]{8}\.js(?:\.map)?$/;

/** The built widgets, for any page of any origin. */
export function widgetsRouter(bundle: string): Router {
  const router = Router();
  router.use(
    express.static(bundle, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders(response, path) {
        const lasting = HASHED.test(path) ? 'max-age=31536000, immutable' : 'max-age=60';
        response.setHeader('Cache-Control', `public, ${lasting}`);
      },
    }),
  );
  router.use((request, response) => {
    const reason = existsSync(bundle) ? 'The built widgets have no such file.' : 'The widgets are not built.';
    response.status(404).type('text/plain').send(`${request.originalUrl}: ${reason} Run “npm run build”.\n`);
  });
  return router;
}
