import type { Request } from 'express';

import { originOf } from './address.js';

export function readForm(request: Request): URLSearchParams {
  return new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString() : '');
}

/** Browsers say which page sent a form. One of another site must not act for the visitor, whatever cookies it carries. */
export function isOwnForm(request: Request): boolean {
  return request.get('Origin') === originOf(request);
}
