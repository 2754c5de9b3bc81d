/**
 * Has Lit, in the page's bundle, use nothing that an element's `name` or `id` could replace. `<img name="createComment">` is
 * `document.createComment` to whoever asks the document, `<a id="litHtmlVersions">` a global of that name: either would keep
 * Lit from starting. So methods are taken from `Document.prototype`, and what Lit looks up among the globals (polyfills, other
 * copies of itself) goes, but for what the browser itself has put there.
 * MooTools puts a class of its own under the name of `Event`, which takes no type: Lit's own events are made of another one.
 * What is only for decorators, for style sheets put together at run time and for attributes that hold numbers or JSON, which
 * we have none of, goes as well.
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
  '@lit/reactive-element/reactive-element.js': [
    ['c=a.trustedTypes,l=c?c.emptyScript:""', 'l=""'],
    [',p=a.reactiveElementPolyfillSupport', ''],
    ['break;case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
    [/break;case Number:i=null.*?catch\(t\)\{i=null\}/, ''],
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    [/const t=this\[Symbol\.metadata\];if\(null!==t\)\{.*?\}this\._\$Eh=/, 'this._$Eh='],
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    [',void 0!==t.l&&(this.l=[...t.l])', ''],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2");', ';'],
  ],
  '@lit/reactive-element/css-tag.js': [
    [
      'if(this._$cssResult$=!0,o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");',
      '',
    ],
    [/,i=\(t,\.\.\.e\)=>\{.*?return new n\(o,t,s\)\}/, ',i=t=>new n(t[0],t,s)'],
    [/,c=e\?t=>t:.*?\(t\):t;/, ',c=t=>t;'],
    ['const e=void 0!==s&&1===s.length;e&&(t=o.get(s)),', 't=o.get(s),'],
    ['e&&o.set(s,t))', 'o.set(s,t))'],
    // Whatever reads the rest of our code, with its static blocks, has them.
    [/e=t\.ShadowRoot&&.*?"replace"in CSSStyleSheet\.prototype/, 'e=!0'],
    [/else for\(const e of o\)\{.*?s\.appendChild\(o\)\}/, ''],
  ],
  '@lit/context/lib/context-request-event.js': [['extends Event{', 'extends CustomEvent{']],
  '@lit/context/lib/controllers/context-provider.js': [['extends Event{', 'extends CustomEvent{']],
  'lit-element/lit-element.js': [
    [',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ';'],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
  ],
};

/** What none of Lit's modules may hold after that. */
const LEFT =
  /\.(createComment|createTextNode|createTreeWalker|importNode)\(|document\.\w+\(|\blit\w+(Versions|Support|Nonce)\b|ShadyCSS|extends Event\b/;

export const unnamedLit = () => ({
  name: 'unnamed-lit',
  transform(code, id) {
    const [, file] =
      /node_modules\/((?:lit-html|lit-element|@lit\/reactive-element|@lit\/context)\/[\w/-]+\.js)$/.exec(id) ?? [];
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
