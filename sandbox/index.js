// Plain JavaScript, so that any Node program can import the sandbox, which is TypeScript, without a build.
import { register } from 'tsx/esm/api';

register();

export const { startSandbox } = await import('./server.ts');
