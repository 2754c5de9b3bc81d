/** WebKitGTK's MiniBrowser, driven by WebKitWebDriver on a virtual screen; both are started and ended here. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { webdriverLauncher } from '@web/test-runner-webdriver';

const miniBrowsers = ['4.1', '6.0', '4.0'].map(
  (version) =>
    `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-${version}/MiniBrowser`,
);

async function until(condition, what) {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await condition()) return;
    await delay(100);
  }
  throw new Error(`${what} did not start within a minute.`);
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts a program that ends with this process at the latest. */
function start(command, args, env) {
  const child = spawn(command, args, { stdio: 'ignore', env });
  const kill = () => child.kill();
  child.once('error', (error) => console.error(`${command}: ${error.message}`));
  child.once('exit', () => process.off('exit', kill));
  process.once('exit', kill);
  return kill;
}

async function startScreen() {
  if (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY) return { display: process.env.DISPLAY, stop() {} };
  let number = 90;
  while (existsSync(`/tmp/.X11-unix/X${number}`)) number++;
  const stop = start('Xvfb', [`:${number}`, '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], process.env);
  await until(() => existsSync(`/tmp/.X11-unix/X${number}`), 'Xvfb');
  return { display: `:${number}`, stop };
}

const answers = (url) =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

export async function webkitLauncher() {
  const binary = process.env.WEBKIT_PATH ?? miniBrowsers.find((file) => existsSync(file));
  if (!binary)
    throw new Error('No WebKit found: install webkit2gtk-driver and xvfb, or set WEBKIT_PATH to MiniBrowser.');
  const port = await freePort();
  const screen = await startScreen();
  const env = screen.display ? { ...process.env, DISPLAY: screen.display } : process.env;
  const stopDriver = start('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], env);
  await until(() => answers(`http://127.0.0.1:${port}/status`), 'WebKitWebDriver');

  const launcher = webdriverLauncher({
    hostname: '127.0.0.1',
    port,
    path: '/',
    logLevel: 'error',
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true, // WebKitWebDriver has no BiDi socket.
      'webkitgtk:browserOptions': { binary, args: ['--automation'] },
    },
  });
  const initialize = launcher.initialize.bind(launcher);
  const stop = launcher.stop.bind(launcher);
  return Object.assign(launcher, {
    // More than one at a time would put test files in iframes of one window: wrong viewport, focus and mouse positions.
    concurrency: 1,
    async initialize(config, ...rest) {
      await initialize({ ...config, concurrency: 1 }, ...rest);
      launcher.name = 'WebKit';
    },
    async stop() {
      await stop();
      stopDriver();
      screen.stop();
    },
  });
}
