/** What surrounds every story, in Storybook and in the tests: the page's language, its colours, and a narrow screen. */
import type { Decorator, Preview } from '@storybook/web-components-vite';

const pageStyles = new CSSStyleSheet();
pageStyles.replaceSync(`
  :root { color-scheme: light; background: Canvas; color: CanvasText; font-family: system-ui, sans-serif; }
  :root[data-theme='dark'] { color-scheme: dark; }
  :root[data-theme='host'] {
    --cap-color-primary: #7a1f5c;
    --cap-color-on-primary: #fff;
    --cap-color-surface: #fffaf2;
    --cap-color-text: #2b1a12;
    --cap-color-focus: #7a1f5c;
    --cap-radius: 0;
    background: #fdf6ec;
    color: #2b1a12;
    font-family: Georgia, serif;
  }
`);
if (!document.adoptedStyleSheets.includes(pageStyles)) document.adoptedStyleSheets.push(pageStyles);

/** Widgets read the language and the colours from the page, so that is where the toolbar's choices are written. */
const withPage: Decorator = (story, { globals }) => {
  const page = document.documentElement;
  page.lang = String(globals['locale']);
  page.dataset['theme'] = String(globals['theme']);
  return story();
};

export const annotations: Preview = {
  decorators: [withPage],
  parameters: {
    a11y: { test: 'error' },
    layout: 'padded',
    viewport: { options: { narrow: { name: '320 px', styles: { width: '320px', height: '640px' } } } },
  },
  globalTypes: {
    locale: {
      toolbar: {
        title: 'Language',
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'fr', title: 'Français' },
          { value: 'en', title: 'English' },
        ],
      },
    },
    theme: {
      toolbar: {
        title: 'Colours',
        icon: 'paintbrush',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
          { value: 'host', title: 'Colours of a city’s page' },
        ],
      },
    },
  },
  initialGlobals: { locale: 'fr', theme: 'light' },
};
