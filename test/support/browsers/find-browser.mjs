/** Where the browsers are: the one named by the environment, one installed on the machine, or the one inside an npm package. */
import { accessSync, constants } from 'node:fs';

const runs = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Chromium's flags everywhere in the tests: no sandbox (containers run as root), no GPU, no traffic of its own. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** Path of a Chromium. Where none is installed, the one in @sparticuz/chromium is unpacked into the temporary folder. */
export async function findChromium() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  // The headless shell comes first: it starts faster and needs neither GPU, nor D-Bus, nor a screen.
  const names = ['chromium-headless-shell', 'chromium', 'google-chrome-stable', 'google-chrome'];
  const installed = names.map((name) => `/usr/bin/${name}`).find(runs);
  if (installed) return installed;
  const { Launcher } = await import('chrome-launcher');
  const [found] = Launcher.getInstallations();
  if (found) return found;
  if (process.platform === 'linux' && process.arch === 'x64') {
    // This makes the package unpack and use its own copies of the system libraries that a bare machine lacks.
    process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
    const { default: chromium } = await import('@sparticuz/chromium');
    return chromium.executablePath();
  }
  throw new Error('No Chromium found: install one, or set CHROME_PATH to its executable.');
}

/** Path of a stock Firefox. */
export function findFirefox() {
  const found = [process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
    (file) => file && runs(file),
  );
  if (!found) throw new Error('No Firefox found: install firefox-esr, or set FIREFOX_PATH to its executable.');
  return found;
}
