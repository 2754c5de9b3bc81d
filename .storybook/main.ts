import { fileURLToPath } from 'node:url';

import type { StorybookConfig } from '@storybook/web-components-vite';
import { mergeConfig } from 'vite';

const config: StorybookConfig = {
  stories: ['../stories/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  framework: '@storybook/web-components-vite',
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      resolve: {
        alias: [
          { find: /^graphql$/, replacement: fileURLToPath(new URL('../tools/graphql-stub.js', import.meta.url)) },
        ],
      },
      // Storybook's own code takes this module as it is, and with it a second copy of Lit, unless it is bundled with the rest.
      optimizeDeps: { include: ['lit/directive-helpers.js'] },
      // The bundle of Storybook itself is far above the size at which Vite warns.
      build: { chunkSizeWarningLimit: 5000 },
    }),
};

export default config;
