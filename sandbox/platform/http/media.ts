import { createHash } from 'node:crypto';

import { Router } from 'express';

import { drawCover } from './covers.js';

/** Pictures of the platform. They are drawn from their own address, so each address has its one picture. */
export function mediaRouter(): Router {
  const router = Router();
  router.get(/^\/[a-z-]+\/[a-z\d-]+\.svg$/, (request, response) => {
    const picture = drawCover(request.path);
    const tag = createHash('sha256').update(picture).digest('base64url').slice(0, 27);
    response.set({ 'Cache-Control': 'public, max-age=604800', ETag: `"${tag}"` });
    response.type('image/svg+xml').send(picture);
  });
  return router;
}
