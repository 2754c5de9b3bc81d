/** What surrounds every story, in Storybook and in the tests: the page's language, its colours, and a narrow screen. */
import type { Decorator, Preview } from '@storybook/web-components-vite';

const pageStyles = new CSSStyleSheet();
pageStyles.replaceSync(`
  :root { color-scheme: light; background: Canvas; color: CanvasText; font-family: system-ui, sans-serif; }
  :root[data-theme='dark'] { color-scheme: dark; }
  :root[data-theme='host'] {
    --cap-color-primary: #7a1f5c;
    --cap-color-surface: #fffaf2;
    --cap-color-text: #2b1a12;
    --cap-radius: 0;
    background: #fdf6ec;
    color: #2b1a12;
    font-family: Georgia, serif;
  }
`);
if (!document.adoptedStyleSheets.includes(pageStyles)) document.adoptedStyleSheets.push(pageStyles);

const page = document.documentElement;

/** What Storybook does not tell the stories that a documentation page has in frames, they read from that page. */
const around = window.frameElement?.ownerDocument.documentElement;
function followAround(): void {
  if (around?.dataset['theme']) write(around.lang, around.dataset['theme']);
}
if (around) new MutationObserver(followAround).observe(around, { attributeFilter: ['lang', 'data-theme'] });

/** Widgets read the language and the colours from the page, so that is where the toolbar's choices are written. */
function write(lang: string, theme: string): void {
  page.lang = lang;
  page.dataset['theme'] = theme;
}

const withPage: Decorator = (story, { canvasElement, globals, viewMode }) => {
  write(String(globals['locale']), String(globals['theme']));
  followAround();
  // What stands around the stories of a documentation page is Storybook's, and in English.
  if (viewMode === 'docs') canvasElement.lang = page.lang;
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
