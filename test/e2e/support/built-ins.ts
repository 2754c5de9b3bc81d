/**
 * Pages that have changed what the browser brings, before our script comes. Where a library can be had, it is itself here;
 * Prototype.js and MooTools cannot, so that their habits are written down: what they put where, and how it differs.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const library = (file: string): string => readFileSync(require.resolve(file), 'utf8');

/** Prototype.js 1.6: arrays are given its own methods over those of the browser, and texts of JSON for themselves. */
const PROTOTYPE = `(function () {
  const extend = (target, source) => { for (const name in source) target[name] = source[name]; return target; };
  const stop = {};
  function listOf(from) {
    if (!from) return [];
    if (from.toArray) return from.toArray();
    const list = new Array(from.length || 0);
    for (let at = list.length; at--;) list[at] = from[at];
    return list;
  }
  const own = (value) => value;
  const Enumerable = {
    each(task, context) {
      task = task.bind(context);
      let index = 0;
      try { this._each((value) => task(value, index++)); } catch (reason) { if (reason !== stop) throw reason; }
      return this;
    },
    all(task, context) {
      task = (task || own).bind(context);
      let result = true;
      this.each((value, index) => { result = result && !!task(value, index); if (!result) throw stop; });
      return result;
    },
    any(task, context) {
      task = (task || own).bind(context);
      let result = false;
      this.each((value, index) => { if ((result = !!task(value, index))) throw stop; });
      return result;
    },
    collect(task, context) {
      task = (task || own).bind(context);
      const results = [];
      this.each((value, index) => { results.push(task(value, index)); });
      return results;
    },
    detect(task, context) {
      task = task.bind(context);
      let result;
      this.each((value, index) => { if (task(value, index)) { result = value; throw stop; } });
      return result;
    },
    findAll(task, context) {
      task = task.bind(context);
      const results = [];
      this.each((value, index) => { if (task(value, index)) results.push(value); });
      return results;
    },
    include(wanted) { return this.any((value) => value == wanted); },
    inject(memo, task) { this.each((value, index) => { memo = task(memo, value, index); }); return memo; },
    invoke(name) { return this.map((value) => value[name]()); },
    max() { return this.inject(undefined, (most, value) => (most === undefined || value >= most ? value : most)); },
    min() { return this.inject(undefined, (least, value) => (least === undefined || value < least ? value : least)); },
    pluck(name) { return this.map((value) => value[name]); },
    sortBy(task) { return this.slice().sort((a, b) => (task(a) < task(b) ? -1 : 1)); },
    toArray() { return this.map(); },
    zip() { return this.map((value) => [value]); },
    size() { return this.toArray().length; },
    inspect() { return '#<Enumerable>'; },
  };
  extend(Enumerable, {
    map: Enumerable.collect, find: Enumerable.detect, select: Enumerable.findAll, filter: Enumerable.findAll,
    member: Enumerable.include, entries: Enumerable.toArray, every: Enumerable.all, some: Enumerable.any,
  });
  extend(Array.prototype, Enumerable);
  Array.prototype._each = Array.prototype.forEach;
  Array.prototype._reverse = Array.prototype.reverse;
  const json = (value) =>
    value === null ? 'null'
    : typeof value === 'boolean' ? String(value)
    : value === undefined || typeof value === 'function' ? undefined
    : value.toJSON ? value.toJSON()
    : '{' + Object.keys(value).map((key) => json(key) + ': ' + json(value[key])).join(', ') + '}';
  extend(Array.prototype, {
    clear() { this.length = 0; return this; },
    first() { return this[0]; },
    last() { return this[this.length - 1]; },
    compact() { return this.select((value) => value != null); },
    flatten() { return this.flat(Infinity); },
    without(...values) { return this.select((value) => !values.include(value)); },
    reverse(inline) { return (inline !== false ? this : this.toArray())._reverse(); },
    reduce() { return this.length > 1 ? this : this[0]; },
    uniq() { return this.slice(); },
    intersect(others) { return this.findAll((value) => others.include(value)); },
    clone() { return [].concat(this); },
    toArray() { return this.clone(); },
    entries() { return this.clone(); },
    size() { return this.length; },
    inspect() { return '[' + this.join(', ') + ']'; },
    toJSON() { return '[' + this.map(json).filter((text) => text !== undefined).join(', ') + ']'; },
  });
  Array.from = listOf;
  extend(Number.prototype, {
    succ() { return this + 1; },
    times(task) { for (let at = 0; at < this; at++) task(at); return this; },
    toPaddedString(length) { return String(this).padStart(length, '0'); },
    toJSON() { return isFinite(this) ? this.toString() : 'null'; },
  });
  Date.prototype.toJSON = function () { return '"' + this.toISOString().slice(0, 19) + 'Z"'; };
  extend(String.prototype, {
    gsub(pattern, by) { return this.split(pattern).join(by); },
    strip() { return this.replace(/^\\s+/, '').replace(/\\s+$/, ''); },
    stripTags() { return this.replace(/<\\/?[^>]+>/gi, ''); },
    escapeHTML() { return this.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'); },
    camelize() { return this; }, capitalize() { return this; }, underscore() { return this; },
    include(pattern) { return this.indexOf(pattern) > -1; },
    startsWith(pattern) { return this.indexOf(pattern) === 0; },
    endsWith(pattern) { const at = this.length - pattern.length; return at >= 0 && this.lastIndexOf(pattern) === at; },
    empty() { return this == ''; }, blank() { return /^\\s*$/.test(this); },
    toArray() { return this.split(''); },
    times(count) { return count < 1 ? '' : new Array(count + 1).join(this); },
    toJSON() { return '"' + this.replace(/["\\\\]/g, '\\\\$&') + '"'; },
  });
  RegExp.prototype.match = RegExp.prototype.test;
  extend(Function.prototype, {
    bind() {
      if (arguments.length < 2 && arguments[0] === undefined) return this;
      const method = this, given = listOf(arguments), object = given.shift();
      return function () { return method.apply(object, given.concat(listOf(arguments))); };
    },
    curry() { return this; }, defer() { return setTimeout(this, 10); }, wrap() { return this; }, methodize() { return this; },
  });
  extend(Object, {
    extend,
    keys(object) { const keys = []; for (const key in object) keys.push(key); return keys; },
    values(object) { const values = []; for (const key in object) values.push(object[key]); return values; },
    clone(object) { return extend({}, object); },
    toJSON: json,
  });
  extend(HTMLElement.prototype, {
    remove() { this.parentNode.removeChild(this); return this; },
    update(html) { this.innerHTML = html; return this; },
    replace() { return this; }, insert() { return this; }, wrap() { return this; }, empty() { return !this.innerHTML; },
    visible() { return this.style.display !== 'none'; },
    hide() { this.style.display = 'none'; return this; },
    show() { this.style.display = ''; return this; },
    toggle() { return this[this.visible() ? 'hide' : 'show'](); },
    scrollTo() { window.scrollTo(this.offsetLeft, this.offsetTop); return this; },
    match(selector) { return this.matches(selector); },
    select(selector) { return listOf(this.querySelectorAll(selector)); },
    up() { return this.parentNode; }, down() { return this.firstElementChild; },
    next() { return this.nextElementSibling; }, previous() { return this.previousElementSibling; },
    childElements() { return listOf(this.children); }, siblings() { return []; }, ancestors() { return []; },
    readAttribute(name) { return this.getAttribute(name); }, identify() { return this.id; },
    getStyle(name) { return this.style[name]; }, setStyle(styles) { extend(this.style, styles); return this; },
    getWidth() { return this.offsetWidth; }, getHeight() { return this.offsetHeight; },
    fire() { return this; }, observe() { return this; }, stopObserving() { return this; }, inspect() { return '<' + this.localName + '>'; },
  });
  const native = window.Element;
  window.Element = function (tag) { return document.createElement(tag); };
  extend(window.Element, native);
  window.Element.prototype = native.prototype;
  extend(Event.prototype, { stop() { this.preventDefault(); this.stopPropagation(); }, element() { return this.target; }, inspect() { return '[object Event]'; } });
  extend(window, {
    $: (id) => document.getElementById(id), $A: listOf, $H: Object.clone, $w: (text) => text.split(' '), $break: stop, Enumerable,
    $$: (selector) => listOf(document.querySelectorAll(selector)), Prototype: { Version: '1.6.0', K: own },
    Hash: function () {}, Template: function () {}, Class: { create() { return function () {}; } }, Ajax: {}, Form: {}, Field: {},
  });
})();`;

/** MooTools 1.2 to 1.4: globals of the browser have its own classes under their names, and \`Array.from\` makes a list of one. */
const MOOTOOLS = `(function () {
  const extend = (target, source) => { for (const name in source) target[name] = source[name]; return target; };
  const family = (name) => ({ $family: { name } });
  const isList = (item) => item != null && typeof item.length === 'number' && typeof item !== 'function' && typeof item !== 'string';
  Array.from = (item) => (item == null ? [] : Array.isArray(item) ? item : isList(item) ? Array.prototype.slice.call(item) : [item]);
  Function.from = (item) => (typeof item === 'function' ? item : () => item);
  String.from = (item) => item + '';
  Number.from = (item) => { const number = parseFloat(item); return isFinite(number) ? number : null; };
  extend(Array.prototype, {
    ...family('array'),
    each(task, bind) { this.forEach(task, bind); }, clean() { return this.filter((value) => value != null); },
    associate(keys) { return Object.fromEntries(keys.map((key, at) => [key, this[at]])); }, link() { return {}; },
    contains(item) { return this.includes(item); }, extend(list) { this.push(...list); return this; },
    append(list) { this.push(...list); return this; }, getLast() { return this.at(-1) ?? null; }, getRandom() { return this[0]; },
    include(item) { if (!this.contains(item)) this.push(item); return this; }, combine(list) { list.each((item) => this.include(item)); return this; },
    erase(item) { for (let at = this.length; at--;) if (this[at] === item) this.splice(at, 1); return this; },
    empty() { this.length = 0; return this; }, flatten() { return this.flat(Infinity); }, pick() { return this.clean()[0] ?? null; },
  });
  for (const name of ['map', 'filter', 'forEach', 'every', 'some', 'indexOf', 'slice', 'concat', 'join'])
    Array[name] = (list, ...given) => Array.prototype[name].apply(list, given);
  extend(String.prototype, {
    ...family('string'),
    test(pattern, flags) { return new RegExp(pattern, flags).test(this); }, contains(text) { return this.indexOf(text) > -1; },
    clean() { return this.replace(/\\s+/g, ' ').trim(); }, toInt() { return parseInt(this, 10); }, camelCase() { return this; },
    hyphenate() { return this; }, capitalize() { return this; }, substitute() { return this; }, stripScripts() { return this; },
  });
  extend(Number.prototype, { ...family('number'), limit(least, most) { return Math.min(most, Math.max(least, this)); }, times(task) { for (let at = 0; at < this; at++) task(at); } });
  extend(Function.prototype, { ...family('function'), extend(more) { return extend(this, more); }, implement() { return this; }, pass(given) { return () => this(given); },
    delay(time) { return setTimeout(this, time); }, periodical(time) { return setInterval(this, time); }, attempt() { try { return this(); } catch { return null; } } });
  extend(Date.prototype, family('date'));
  extend(RegExp.prototype, family('regexp'));
  function Hash(object) { extend(this, object); }
  extend(Hash.prototype, { ...family('hash'), each(task) { for (const key in this) if (Object.hasOwn(this, key)) task(this[key], key); }, has(key) { return Object.hasOwn(this, key); },
    get(key) { return this[key]; }, set(key, value) { this[key] = value; return this; } });
  const { parse, stringify } = JSON;
  window.JSON = new Hash({ parse, stringify, encode: (value) => stringify(value), decode: (text) => parse(text) });
  const native = window.Element;
  window.Element = function (tag, properties) { return extend(document.createElement(tag), properties); };
  window.Element.prototype = native.prototype;
  extend(native.prototype, {
    ...family('element'),
    set(name, value) { this.setAttribute(name, value); return this; }, get(name) { return this.getAttribute(name); },
    inject(to) { to.appendChild(this); return this; }, grab(child) { this.appendChild(child); return this; }, adopt(child) { return this.grab(child); },
    dispose() { return this.parentNode ? this.parentNode.removeChild(this) : this; }, destroy() { this.empty(); this.dispose(); return null; },
    empty() { for (const child of [...this.childNodes]) child.remove(); return this; }, clone() { return this.cloneNode(true); },
    match(selector) { return this.matches(selector); }, getElement(selector) { return this.querySelector(selector); },
    getElements(selector) { return Array.from(this.querySelectorAll(selector)); }, getParent() { return this.parentNode; },
    addClass(name) { this.classList.add(name); return this; }, hasClass(name) { return this.classList.contains(name); },
    addEvent(type, hear) { this.addEventListener(type, hear); return this; }, fireEvent() { return this; }, store() { return this; }, retrieve() { return null; },
    setStyle(name, value) { this.style[name] = value; return this; }, getStyle(name) { return this.style[name]; }, getSize() { return { x: this.offsetWidth, y: this.offsetHeight }; },
    scrollTo(x, y) { this.scrollLeft = x; this.scrollTop = y; return this; }, hide() { return this.setStyle('display', 'none'); }, show() { return this.setStyle('display', ''); },
    tween() { return this; }, morph() { return this; }, highlight() { return this; },
  });
  window.Event = function (event) { extend(this, { event, type: event.type, key: event.type.test(/key/), code: event.which || event.keyCode }); };
  window.Request = function (options) { this.options = options; };
  extend(window.Request.prototype, { send() { return this; }, cancel() { return this; } });
  extend(window, { Hash, $: (id) => document.getElementById(id), $$: (selector) => Array.from(document.querySelectorAll(selector)),
    $extend: extend, $chk: (value) => !!(value || value === 0), $each: (list, task) => list.each(task), MooTools: { version: '1.2.4' },
    Class: function () {}, Native: function () {}, Cookie: {}, Chain: function () {}, Events: function () {}, Options: function () {}, Fx: {}, Browser: {} });
})();`;

/** Every prototype says something else than itself of itself. */
const TO_JSON = `for (const type of [Object, Array, String, Number, Boolean, Date])
  type.prototype.toJSON = function () { return '"' + type.name + '"'; };`;

/** What was written before anybody knew better: methods for all objects, seen by whoever goes through one. */
const OBJECT = `(function () {
  const methods = ['extend', 'each', 'forEach', 'map', 'filter', 'find', 'select', 'first', 'last', 'keys', 'values', 'size', 'count', 'clone',
    // Some are called as our settings are, or those of a request.
    'query', 'method', 'lang', 'rules', 'access', 'device', 'api', 'merge', 'contains', 'has', 'equals', 'inherits', 'isEmpty', 'toQueryString', 'print', 'dump', 'log', 'hash', 'limit', 'sort', 'remove'];
  for (const name of methods) {
    Object.prototype[name] = function () { throw new Error('Object.prototype.' + name + ' was called'); };
    if (!(Object.hasOwn(Array.prototype, name))) Array.prototype[name] = Object.prototype[name];
  }
  Object.prototype.version = '2.1';
  Object.prototype.debug = false;
  Array.prototype.separator = ',';
})();`;

/** A library for JSON of its own, as it was written for browsers that had none. */
const JSON_OF_2007 = `(function () {
  const quote = (text) => '"' + text.replace(/["\\\\\\u0000-\\u001f]/g, (letter) =>
    ({ '"': '\\\\"', '\\\\': '\\\\\\\\', '\\n': '\\\\n', '\\r': '\\\\r', '\\t': '\\\\t', '\\b': '\\\\b', '\\f': '\\\\f' })[letter]
    ?? '\\\\u' + ('000' + letter.charCodeAt(0).toString(16)).slice(-4)) + '"';
  const write = (key, holder, replacer) => {
    let value = holder[key];
    if (value && typeof value === 'object' && typeof value.toJSON === 'function') value = value.toJSON(key);
    if (typeof replacer === 'function') value = replacer.call(holder, key, value);
    if (value === null) return 'null';
    if (typeof value === 'string') return quote(value);
    if (typeof value === 'number') return isFinite(value) ? String(value) : 'null';
    if (typeof value === 'boolean') return String(value);
    if (typeof value !== 'object') return undefined;
    if (Object.prototype.toString.apply(value) === '[object Array]')
      return '[' + value.map((_, at) => write(at, value, replacer) || 'null').join(',') + ']';
    const parts = [];
    for (const name in value)
      if (Object.hasOwnProperty.call(value, name)) {
        const text = write(name, value, replacer);
        if (text) parts.push(quote(name) + ':' + text);
      }
    return '{' + parts.join(',') + '}';
  };
  const { parse } = JSON;
  const own = function () { return this.valueOf(); };
  String.prototype.toJSON = Number.prototype.toJSON = Boolean.prototype.toJSON = own;
  Date.prototype.toJSON = function () { return this.toUTCString(); };
  window.JSON = { stringify: (value, replacer) => write('', { '': value }, replacer), parse: (text, reviver) => parse(text, reviver) };
})();`;

/** Promises of a library that knows the first standard and nothing of later ones, under the browser's name and in its \`fetch\`. */
const PROMISE = `(function () {
  const Native = Promise, ask = fetch;
  function Later(work) {
    const task = new Native(work);
    this._task = task;
  }
  Later.prototype.then = function (found, failed) { const task = this._task; return new Later((resolve) => resolve(Native.prototype.then.call(task, found, failed))); };
  Later.prototype['catch'] = function (failed) { return this.then(undefined, failed); };
  Later.resolve = (value) => new Later((resolve) => resolve(value));
  Later.reject = (reason) => new Later((_, reject) => reject(reason));
  Later.all = (list) => new Later((resolve, reject) => {
    const found = [];
    let left = list.length;
    if (!left) resolve(found);
    for (let at = 0; at < list.length; at++)
      Later.resolve(list[at]).then((value) => { found[at] = value; if (!--left) resolve(found); }, reject);
  });
  Later.race = (list) => new Later((resolve, reject) => { for (let at = 0; at < list.length; at++) Later.resolve(list[at]).then(resolve, reject); });
  window.Promise = Later;
  window.fetch = function (url, options) {
    return new Later((resolve) => resolve(ask.call(window, url, options))).then((answer) => { window.lastStatus = answer.status; return answer; });
  };
})();`;

/** The browser's own have gone, so that a library puts its own in their place; one that does not is an error of the page. */
const without = (names: readonly string[], file: string): string =>
  `{
    const before = [${names.join()}];
    ${names.map((name) => `delete ${name};`).join(' ')}
    ${library(file)}
    ;[${names.join()}].forEach((own, at) => { if (!own || own === before[at]) throw new Error('Nothing has replaced ' + before[at]); });
  }`;

/** Kinds of pages, and the script that runs on each of them first. */
export const CHANGES: Readonly<Record<string, () => string>> = {
  'Prototype.js of 2007': () => PROTOTYPE,
  MooTools: () => MOOTOOLS,
  'toJSON on every prototype': () => TO_JSON,
  'methods for all objects': () => OBJECT,
  'a JSON of its own': () => JSON_OF_2007,
  'promises of another library, and a fetch that gives them': () => PROMISE,
  'zone.js': () => library('zone.js'),
  'a fetch made of XMLHttpRequest': () =>
    without(['window.fetch', 'window.Headers', 'window.Request', 'window.Response'], 'whatwg-fetch'),
  'the polyfills of core-js': () =>
    without(
      [
        'window.Promise',
        'window.URL',
        'window.URLSearchParams',
        'window.Map',
        'window.Set',
        'window.WeakMap',
        'Array.from',
        'Object.fromEntries',
        'Object.hasOwn',
        'Object.entries',
        ...['at', 'flat', 'flatMap', 'find', 'findIndex', 'includes', 'entries'].map(
          (name) => `Array.prototype.${name}`,
        ),
        ...['at', 'replaceAll', 'padStart', 'startsWith'].map((name) => `String.prototype.${name}`),
      ],
      'core-js-bundle/minified.js',
    ),
};
