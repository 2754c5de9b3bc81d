import { cached } from '../../core/cached.js';
import { textOf } from '../html.js';
import type { Records } from '../records.js';
import { wordsOf } from '../words.js';
import type { Known, Subject } from './format.js';

/** What feeds say of an object. */
export interface Entry {
  readonly id: string;
  /** Null where it would tell what is hidden. */
  readonly url: string | null;
  readonly title: string;
  /** Safe HTML; null where there is plain text. */
  readonly html: string | null;
  readonly text: string;
  readonly image: string | null;
  readonly published: string | null;
  readonly modified: string | null;
  readonly tags: readonly string[];
  readonly authors: readonly { readonly name: string; readonly url?: string | undefined }[];
  /** Where a project stands, and from when to when. */
  readonly project?: Readonly<Record<'status' | 'startAt' | 'endAt', string | null>>;
}

type People = readonly { readonly name: string | null; readonly url: string | null }[];

const authorsOf = (people: People): Entry['authors'] =>
  people.flatMap(({ name, url }) => (name ? [{ name, ...(url && { url }) }] : []));

/** From when to when, in the words of a language and on the platform's clock. */
export function periodOf(
  { startAt, endAt }: { startAt: string | null; endAt: string | null },
  subject: Subject,
): string {
  const { lang, timeZone } = subject;
  const format = cached(
    `sync period ${lang} ${timeZone}`,
    () => new Intl.DateTimeFormat(lang, { timeZone, dateStyle: 'long', timeStyle: 'short' }),
  );
  const dates = [startAt, endAt].map((date) => (date === null ? null : new Date(date))).filter((date) => date !== null);
  const [start, end] = dates;
  if (!start) return '';
  return end && end > start ? format.formatRange(start, end) : format.format(start);
}

/** Lines of text as HTML, in front of some more. */
const lead = (lines: readonly string[], html: string): string =>
  lines.map((line) => `<p>${escape(line)}</p>`).join('') + html;

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const full = (lines: readonly (string | null | undefined)[]): string[] => lines.filter((line) => !!line) as string[];

/** An object as an entry of a feed. */
export function entryOf(known: Known, subject: Subject): Entry {
  const { id, url } = known.record;
  const base = { id, url, html: null, image: null, published: null, modified: null, tags: [], authors: [] };
  switch (known.kind) {
    case 'projects': {
      const { title, summary, cover, publishedAt, themes, districts, type, authors } = known.record;
      const tags = full([type, ...[...themes, ...districts].map(({ name }) => name)]);
      const text = summary ?? title;
      const { status, startAt, endAt } = known.record;
      const project = { status, startAt, endAt };
      return { ...base, title, text, image: cover, published: publishedAt, tags, authors: authorsOf(authors), project };
    }
    case 'steps': {
      const { title, projectTitle } = known.record;
      const text = full([projectTitle, periodOf(known.record, subject)]).join('\n');
      return { ...base, title: `${projectTitle} – ${title}`, text, tags: [known.record.kind] };
    }
    case 'events': {
      const { title, html, createdAt, updatedAt, author, place } = known.record;
      const facts = full([periodOf(known.record, subject), place?.address]);
      return {
        ...base,
        title,
        html: lead(facts, html),
        text: [...facts, textOf(html)].join('\n'),
        published: createdAt,
        modified: updatedAt,
        authors: authorsOf(author ? [author] : []),
      };
    }
    case 'proposals': {
      const { title, html, text, summary, createdAt, publishedAt, updatedAt, author, theme, category } = known.record;
      return {
        ...base,
        title,
        html,
        text: text ?? summary ?? title,
        published: publishedAt ?? createdAt,
        modified: updatedAt,
        tags: full([theme?.name, category]),
        authors: authorsOf([author]),
      };
    }
    case 'contributions': {
      const { createdAt, publishedAt, updatedAt } = known.record;
      const dates = { published: publishedAt ?? createdAt, modified: updatedAt };
      return { ...base, ...dates, ...contributionTexts(known.record, subject), tags: [known.record.kind] };
    }
  }
}

/** The title and the text of a contribution: of one that was moderated also why, and nothing else where it may not be shown. */
function contributionTexts(contribution: Records['contributions'], { lang }: Subject) {
  const { kind, title, html, text, stance, moderation } = contribution;
  const words = wordsOf(lang);
  const label = kind === 'argument' ? words.arguments[stance ?? 'for'] : words.kinds[kind];
  const notice = moderation ? [full([words.moderated, moderation.reason]).join(words.colon)] : [];
  const body = text ?? (html === null ? '' : textOf(html));
  return {
    title: title ?? label,
    html: html === null ? null : lead(notice, html),
    text: full([...notice, body]).join('\n') || label,
  };
}
