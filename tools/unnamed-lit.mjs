/**
 * Has Lit, in the page's bundle, use nothing that an element's `name` or `id` could replace. `<img name="createComment">` is
 * `document.createComment` to whoever asks the document, `<a id="litHtmlVersions">` a global of that name: either would keep
 * Lit from starting. So methods are taken from `Document.prototype`, and what Lit looks up among the globals (polyfills, other
 * copies of itself) goes, but for what the browser itself has put there.
 * What is only for decorators and for style sheets put together at run time, which we have none of, goes as well.
 * Each cut names the code that it expects; a version of Lit that reads otherwise fails the build.
 */
const DOCUMENT = 'Document.prototype';

const CUTS = {
  'lit-html/lit-html.js': [
    ['s=t.trustedTypes,', 's=Object.hasOwn(t,"trustedTypes")&&t.trustedTypes,'],
    ['c=()=>l.createComment("")', `DP=${DOCUMENT},c=()=>DP.createComment.call(l,"")`],
    ['l.createTreeWalker(l,129)', 'DP.createTreeWalker.call(l,l,129)'],
    ['l.createElement("template")', 'DP.createElement.call(l,"template")'],
    ['(t?.creationScope??l).importNode(i,!0)', 'DP.importNode.call(l,i,!0)'],
    ['l.createTextNode(t)', 'DP.createTextNode.call(l,t)'],
    [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");', ';'],
  ],
  'lit-html/directive-helpers.js': [['document.createComment("")', `${DOCUMENT}.createComment.call(document,"")`]],
  '@lit/reactive-element/reactive-element.js': [
    ['c=a.trustedTypes,l=c?c.emptyScript:""', 'l=""'],
    [',p=a.reactiveElementPolyfillSupport', ''],
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    [/const t=this\[Symbol\.metadata\];if\(null!==t\)\{.*?\}this\._\$Eh=/, 'this._$Eh='],
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    [',void 0!==t.l&&(this.l=[...t.l])', ''],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2");', ';'],
  ],
  '@lit/reactive-element/css-tag.js': [
    ['"CSSResult is not constructable. Use `unsafeCSS` or `css` instead."', ''],
    [/throw Error\("Value passed to 'css'[^]*?security\."\)/, 'throw Error()'],
    ['t.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&', ''],
    [',n=t.litNonce;void 0!==n&&o.setAttribute("nonce",n),', ';'],
    ['document.createElement("style")', `${DOCUMENT}.createElement.call(document,"style")`],
  ],
  'lit-element/lit-element.js': [
    [',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ';'],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
  ],
};

/** What none of Lit's modules may hold after that. */
const LEFT =
  /\.(createComment|createTextNode|createTreeWalker|importNode)\(|document\.\w+\(|\blit\w+(Versions|Support|Nonce)\b|ShadyCSS/;

export const unnamedLit = () => ({
  name: 'unnamed-lit',
  transform(code, id) {
    const [, file] = /node_modules\/((?:lit-html|lit-element|@lit\/reactive-element)\/[\w-]+\.js)$/.exec(id) ?? [];
    if (!file) return null;
    for (const [find, replacement] of CUTS[file] ?? []) {
      const next = code.replace(find, () => replacement);
      if (next === code) this.error(`Lit has changed: ${file} no longer holds ${find}`);
      code = next;
    }
    const [left] = LEFT.exec(code) ?? [];
    if (left) this.error(`${file} uses ${left}, which a name in the page could replace.`);
    return { code, map: null };
  },
});
