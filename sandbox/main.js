import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { startSandbox } from './index.js';

const { PORT = '4400', CAP_ALLOW_ORIGINS = '', CAP_HANDOFF_ALLOW = '', CAP_DATA } = process.env;

const listed = (text) => text.split(/[\s,]+/).filter(Boolean);

function fail(message) {
  console.error(message);
  process.exit(1);
}

const port = Number(PORT);
if (!Number.isInteger(port) || port < 0 || port > 65532) fail(`PORT must be a number from 0 to 65532, not “${PORT}”.`);

const entry = fileURLToPath(new URL('../dist/cdn/cap-widgets.js', import.meta.url));
if (!existsSync(entry)) {
  console.warn(
    'The widgets are not built: pages will show their fallback links only. Build them with “npm run build”.\n',
  );
}

const sandbox = await startSandbox({
  port,
  allowOrigins: listed(CAP_ALLOW_ORIGINS),
  handoffAllow: CAP_HANDOFF_ALLOW ? listed(CAP_HANDOFF_ALLOW) : undefined,
  data: CAP_DATA || undefined,
}).catch((error) => fail(`The sandbox cannot start. ${error.message}\nPORT=… moves its four ports: PORT to PORT+3.`));

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void sandbox.stop());

console.log(`The sandbox is running. Ctrl+C stops it.

  ${sandbox.city}  the site of the town of Valmont, which embeds the widgets
  ${sandbox.platform}  the participation platform: GraphQL, pages, images, the widgets themselves
  ${sandbox.partner}  a partner's site, the tourist office, which shows widgets beside its own files
  ${sandbox.identity}  the identity service at which people sign in for the platform
`);

// The nightly job of the partner has just run, so that the first visitor need not wait for it.
void fetch(`${sandbox.partner}/donnees`).catch(() => undefined);
