import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { startSandbox } from './index.js';

const { PORT = '4400', CAP_ALLOW_ORIGINS = '', CAP_DATA } = process.env;

function fail(message) {
  console.error(message);
  process.exit(1);
}

const port = Number(PORT);
if (!Number.isInteger(port) || port < 0 || port > 65533) fail(`PORT must be a number from 0 to 65533, not “${PORT}”.`);

const entry = fileURLToPath(new URL('../dist/cdn/cap-widgets.js', import.meta.url));
if (!existsSync(entry)) {
  console.warn(
    'The widgets are not built: pages will show their fallback links only. Build them with “npm run build”.\n',
  );
}

const sandbox = await startSandbox({
  port,
  allowOrigins: CAP_ALLOW_ORIGINS.split(/[\s,]+/).filter(Boolean),
  data: CAP_DATA || undefined,
}).catch((error) =>
  fail(`The sandbox cannot start. ${error.message}\nPORT=… moves its three ports: PORT, PORT+1 and PORT+2.`),
);

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void sandbox.stop());

console.log(`The sandbox is running. Ctrl+C stops it.

  ${sandbox.city}  the site of the town of Valmont, which embeds the widgets
  ${sandbox.platform}  the participation platform: GraphQL, pages, images, the widgets themselves
  ${sandbox.partner}  a partner's site, the tourist office
`);
