import { html, type TemplateResult } from 'lit';

/**
 * A picture of the platform. Decoration: what it shows stands beside it in words, and where it does not come, something else
 * shows in its room. It is asked for without cookies and without the page's path.
 */
export const image = (src: string): TemplateResult =>
  html`<img
    src=${src}
    alt=""
    crossorigin="anonymous"
    loading="lazy"
    referrerpolicy="strict-origin"
    @error=${onError}
  />`;

/**
 * Tries once more as any page would. The platform allows other origins to read a picture only where one asks: one that the
 * browser, or a cache on the way, has kept from a plain request is no answer to ours.
 */
const onError = ({ target }: Event): void => {
  const picture = target as HTMLImageElement;
  if (picture.crossOrigin === null) picture.replaceWith();
  else picture.crossOrigin = null;
};
